"""Loads the templates: a YAML header, then Markdown with strict placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.template import Context, Engine, Template
from django.template.exceptions import TemplateSyntaxError

from casework.documents.errors import TemplateWrong, UnknownKind, UnknownPlaceholder
from casework.documents.markup import Value

FOLDER = Path(__file__).parent.parent / "templates" / "casework" / "documents"
LAYOUTS = ("letter", "form", "list")


@dataclass(frozen=True)
class DocumentTemplate:
    """One template; `version` changes with every change of its words."""

    kind: str
    title: str
    version: str
    layout: str
    legal_basis: tuple[str, ...]
    marks: tuple[str, ...]
    source: str

    @cached_property
    def compiled(self) -> Template:
        """The body, parsed. Raises: TemplateWrong."""
        try:
            return _engine().from_string(self.source)
        except TemplateSyntaxError as error:
            raise TemplateWrong(f"{self.kind}: {error}") from error

    def fill(self, values: Mapping[str, Any]) -> str:
        """The body as Markdown. Raises: UnknownPlaceholder."""
        context = _StrictContext({name: prepared(value) for name, value in values.items()})
        return str(self.compiled.render(context))


@lru_cache(maxsize=64)
def load(kind: str) -> DocumentTemplate:
    """The Chinese template of this kind. Raises: UnknownKind, TemplateWrong."""
    path = FOLDER / f"{kind}.zh.md"
    if not kind.isidentifier() or not path.is_file():
        raise UnknownKind(f"there is no document template {kind!r}")
    return parse(kind, path.read_text(encoding="utf-8"))


def parse(kind: str, text: str) -> DocumentTemplate:
    """Read header and body. Raises: TemplateWrong."""
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise TemplateWrong(f"{kind}: a template starts with a header between two lines of ---")
    header = yaml.safe_load(parts[1])
    wanted = {"title", "version", "layout", "legal_basis", "marks"}
    if not isinstance(header, dict) or set(header) != wanted:
        raise TemplateWrong(f"{kind}: the header needs exactly {', '.join(sorted(wanted))}")
    if header["layout"] not in LAYOUTS or not header["legal_basis"]:
        raise TemplateWrong(f"{kind}: layout is letter, form or list, and legal_basis names an article")
    return DocumentTemplate(
        kind=kind,
        title=str(header["title"]),
        version=str(header["version"]),
        layout=header["layout"],
        legal_basis=tuple(header["legal_basis"]),
        marks=tuple(header["marks"] or ()),
        source=parts[2],
    )


class _Fields:
    """Values of a dataclass or mapping by name; a wrong name is refused, also inside {% if %}."""

    def __init__(self, values: Any) -> None:
        self._values = values

    def __getitem__(self, name: str) -> Any:
        values = self._values
        if isinstance(values, Mapping):
            if name in values:
                return prepared(values[name])
        elif name in {field.name for field in fields(values)} or isinstance(
            getattr(type(values), name, None), property
        ):
            return prepared(getattr(values, name))
        raise UnknownPlaceholder(name)


class _StrictContext(Context):
    def __getitem__(self, key: Any) -> Any:
        for layer in reversed(self.dicts):
            if key in layer:
                return layer[key]
        raise UnknownPlaceholder(str(key))


class _Refuse(str):
    """Stands for a value that is not there; Django formats it with the placeholder's name."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        raise UnknownPlaceholder(str(name))


def prepared(value: Any) -> Any:
    """A value as templates may use it: texts cannot become markup, wrong names are refused."""
    if isinstance(value, str):
        return Value(value)
    if isinstance(value, Mapping) or is_dataclass(value):
        return _Fields(value)
    if isinstance(value, list | tuple):
        return [prepared(item) for item in value]
    return value


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(
        dirs=[str(FOLDER)],
        builtins=["casework.documents.template_filters"],
        string_if_invalid=_Refuse("%s"),
    )
