"""`load_calendar FILE…`: load working-day calendars and count open periods again."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.clocks.watch import load_calendar
from workflows.command_output import AnswerCommand, Row
from workflows.now import now
from workflows.rules.texts import Refused, gettext_noop, text
from workflows.rules.written import read_year_tables


class Command(AnswerCommand):
    """Loads the State Council's calendar of a year once it is published."""

    embedded_servers = ("postgresql",)
    help = gettext_lazy(
        "Load a working-day calendar (day,holiday or day,workday a line) and count open periods again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file and the notice that it was taken from."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help=_("CSV file; a year is whole or absent"))
        parser.add_argument(
            "--source", default="", help=_("the notice that it was taken from; else the name of the file")
        )

    def answer(self, options: dict[str, Any]) -> list[Row]:
        """Load the file and say what it changed."""
        file: Path = options["file"]
        source = options["source"] or file.name
        done = load_calendar(read_year_tables(_text_of(file)), source=source, actor=None, now=now())
        return [
            Row("years", _("years"), ", ".join(map(str, done.years))),
            Row("version", _("calendar"), done.version),
            Row("counted", _("periods counted again"), done.counted),
            Row("moved", _("of these changed"), done.moved),
        ]


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        template = gettext_noop("The calendar “%(path)s” cannot be read: %(problem)s")
        raise Refused("no_calendar", text(template, path=file, problem=problem)) from problem
