"""How management commands answer: a table or one JSON object; a refusal is one sentence on standard error."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language, gettext

from workflows.rules.texts import Refused, Text


class InputRefused(CommandError):
    """The input cannot be used; exit status 2."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, returncode=2)


@dataclass(frozen=True)
class Row:
    """One line of an answer: key in the JSON object, label in the table, value or list of values."""

    key: str
    label: str
    value: Any


class AnswerCommand(BaseCommand):
    """A command that computes an answer from its arguments alone and needs no database."""

    help: Any = ""
    requires_system_checks: tuple[str, ...] = ()
    embedded_servers: Sequence[str] = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Read the help text in the language of the shell: argparse takes plain text only."""
        self.help = str(self.help)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the choice of the output; call it from the subclass."""
        parser.add_argument(
            "--json", action="store_true", help=gettext("print one JSON object instead of a table")
        )

    def answer(self, options: dict[str, Any]) -> list[Row]:
        """Return the lines of the answer. Raises: Refused for input that cannot be used."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer, or refuse with one sentence."""
        try:
            rows = self.answer(options)
        except Refused as refusal:
            raise InputRefused(refusal.text.render(gettext)) from refusal
        self.stdout.write(as_json(rows) if options["json"] else as_table(rows))


def as_json(rows: Sequence[Row]) -> str:
    """Return one JSON object with the rows' keys in order."""
    return json.dumps({row.key: _plain(row.value) for row in rows}, ensure_ascii=False, indent=2)


def as_table(rows: Sequence[Row]) -> str:
    """Return labels and values in two columns; empty values are left out."""
    width = max(_columns(row.label) for row in rows)
    lines = []
    for row in rows:
        values = row.value if isinstance(row.value, list | tuple) else [row.value]
        shown = [_shown(value) for value in values if value not in (None, "")]
        for index, value in enumerate(shown):
            label = row.label if index == 0 else ""
            lines.append(f"{label}{' ' * (width - _columns(label))}  {value}")
    return "\n".join(lines)


def _columns(label: str) -> int:
    """Count the columns of a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in label)


def in_language(english: str, chinese: str) -> str:
    """Return the wording of a data file in the active language."""
    return chinese if chinese and (get_language() or "").startswith("zh") else english


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.render(gettext) if isinstance(value, Text) else str(value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return value.render(gettext) if isinstance(value, Text) else str(value)
