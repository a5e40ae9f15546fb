"""The set-up steps: translations without gettext, lock files without addresses."""

import gettext
import json
import subprocess
import sys
from pathlib import Path

import pytest

from config.env import BASE_DIR

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Case"
msgstr "案件"

msgctxt "verb"
msgid "File"
msgstr "立案"
"""


def compile_in(root: Path, catalogue: str) -> subprocess.CompletedProcess[str]:
    """Run a copy of the translation step on a repository with one catalogue."""
    folder = root / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(catalogue)
    (root / "setup").mkdir()
    script = root / "setup" / "translations.py"
    script.write_bytes((BASE_DIR / "setup" / "translations.py").read_bytes())
    return subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)


def test_catalogues_are_compiled_as_django_reads_them(tmp_path: Path) -> None:
    assert compile_in(tmp_path, CATALOGUE).returncode == 0

    words = gettext.translation("django", tmp_path / "locale", ["zh_Hans"])
    assert words.gettext("Case") == "案件"
    assert words.pgettext("verb", "File") == "立案"


@pytest.mark.parametrize("mistake", ['msgid "Case"\nmsgstr "另案"\n', "no keyword at all\n"])
def test_a_broken_catalogue_ends_the_step_and_is_named(tmp_path: Path, mistake: str) -> None:
    broken = compile_in(tmp_path, f"{CATALOGUE}\n{mistake}")

    assert broken.returncode == 1
    assert "locale/zh_Hans/LC_MESSAGES/django.po" in broken.stderr


@pytest.mark.parametrize("name", ["runtime", "development", "uv"])
def test_python_locks_pin_by_hash_and_name_no_index(name: str) -> None:
    lock = (BASE_DIR / "requirements" / f"{name}.txt").read_text()
    pins = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]

    assert pins
    assert all("==" in line and line.endswith("\\") for line in pins)
    assert "://" not in lock


def test_the_node_lock_pins_by_hash_and_names_no_registry() -> None:
    packages = json.loads((BASE_DIR / "package-lock.json").read_text())["packages"]
    installed = [package for path, package in packages.items() if path]

    assert installed
    assert all("integrity" in package and "resolved" not in package for package in installed)
