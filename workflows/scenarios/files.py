"""Reading YAML strictly, and the files and parts that scenarios share."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings


class ScenarioRefused(ValueError):
    """The file is not a scenario; the text says where and why."""


class _Loader(yaml.SafeLoader):
    """Plain YAML in which a key stands once."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    merge = "tag:yaml.org,2002:merge"
    keys = [loader.construct_object(key) for key, _value in node.value if key.tag != merge]
    for key in keys:
        if keys.count(key) > 1:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}” stands twice", node.start_mark)
    loader.flatten_mapping(node)
    return {
        loader.construct_object(key): loader.construct_object(value, deep=True) for key, value in node.value
    }


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:
    """The contents of a file. Raises: ScenarioRefused."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ScenarioRefused(f"{path.name}: the file cannot be read ({reason}).") from error
    except yaml.YAMLError as error:
        raise ScenarioRefused(f"{path.name}: not valid YAML: {error}") from error


def beside(scenario: Path, folder: str, name: str) -> Path:
    """A part or file in the folder beside the scenario, else in that of the shared scenarios.

    Raises: ScenarioRefused.
    """
    for home in (scenario.parent, Path(settings.BASE_DIR) / "scenarios"):
        found = home / folder / name
        if found.is_file() and found.resolve().is_relative_to((home / folder).resolve()):
            return found
    raise ScenarioRefused(f"{scenario.name}: there is no “{name}” in {folder}/.")
