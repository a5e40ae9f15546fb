"""Finds the strings of the product that want a Chinese translation, and prints those that have none.

`.venv/bin/python setup/strings.py` prints entries ready for locale/zh_Hans/LC_MESSAGES/django.po.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
APPS = ("casework", "config", "enforcement", "tips", "workflows")
CATALOGUE = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "text"}
PLURAL = {"ngettext", "ngettext_lazy"}


@dataclass(frozen=True, order=True)
class Wanted:
    """A string as the catalogue names it, and where it stands."""

    msgid: str
    plural: str
    place: str


def wanted() -> Iterator[Wanted]:
    """Every marked string of the code and the templates."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from in_code(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
    for path in sorted([*(ROOT / "templates").rglob("*.*"), *ROOT.glob("*/templates/**/*.*")]):
        if path.suffix in {".html", ".txt"}:
            yield from in_template(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))


def in_code(source: str, place: str) -> Iterator[Wanted]:
    """Literals handed to a translating function."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or _name(node.func) not in MARKS:
            continue
        texts = [
            one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if texts:
            plural = texts[1] if _name(node.func) in PLURAL and len(texts) > 1 else ""
            yield Wanted(texts[0], plural, place)


def in_template(source: str, place: str) -> Iterator[Wanted]:
    """What Django's own reader of templates marks."""
    from django.utils.translation.template import templatize

    marked = templatize(source, origin=place)
    literal = r"""u?((?:"(?:[^"\\]|\\.)*")|(?:'(?:[^'\\]|\\.)*'))"""
    for found in re.finditer(rf" (n?)gettext\({literal}(?:, ?{literal})?", marked):
        first, second = (ast.literal_eval(text) if text else "" for text in found.group(2, 3))
        yield Wanted(first, second if found.group(1) else "", place)


def missing() -> list[Wanted]:
    """Strings without a Chinese translation, each once."""
    known = {
        entry.msgid for entry in polib.pofile(str(CATALOGUE)) if entry.translated() and not entry.obsolete
    }
    by_text = {one.msgid: one for one in wanted() if re.search("[a-z]", one.msgid)}
    return sorted(one for text, one in by_text.items() if text not in known)


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def main() -> int:
    """Print what is missing; exit status 1 when something is."""
    from django.conf import settings

    settings.configure(USE_I18N=True)
    entries = [
        polib.POEntry(
            msgid=one.msgid,
            comment=one.place,
            msgid_plural=one.plural,
            msgstr="",
            **({"msgstr_plural": {0: ""}} if one.plural else {}),
        )
        for one in missing()
    ]
    sys.stdout.write("\n".join(map(str, entries)))
    return 1 if entries else 0


if __name__ == "__main__":
    sys.exit(main())
