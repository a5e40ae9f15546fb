"""Count a legal period from the command line, with the explanation of every step."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.command_output import AnswerCommand, Row, in_language
from workflows.legal_source import legal_deadlines
from workflows.rules.calendar import SHANGHAI, Calendar
from workflows.rules.clock import UNIT_NAMES, Unit
from workflows.rules.legal_deadline import LegalDeadline
from workflows.rules.texts import Refused, gettext_noop, text
from workflows.rules.written import read_day_or_moment, read_pause, read_year_tables


class Command(AnswerCommand):
    """Print when a legal period ends and how it was counted."""

    help = gettext_lazy("Print the last day of a legal period and how it was counted.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the rule, the event and what lengthens the period."""
        super().add_arguments(parser)
        parser.add_argument(
            "--rule", required=True, metavar="KEY", help=_("key of the period, e.g. decision")
        )
        parser.add_argument(
            "--from",
            required=True,
            dest="start",
            metavar="DATE-OR-TIME",
            help=_("day or moment of the event"),
        )
        parser.add_argument(
            "--exclude",
            action="extend",
            nargs="+",
            default=[],
            metavar="D1..D2",
            help=_("days that do not count, both ends included"),
        )
        parser.add_argument(
            "--extension",
            action="extend",
            nargs="+",
            default=[],
            metavar="KEY[=N]",
            help=_("extension granted, with its length if shorter than the law's most"),
        )
        parser.add_argument(
            "--region", metavar="CODE", help=_("division code or name of a region's own values")
        )
        parser.add_argument(
            "--party",
            metavar="KIND",
            help=_("organisation, person or sole_trader, where the value depends on it"),
        )
        parser.add_argument(
            "--calendar", metavar="FILE", help=_("CSV of further years: day, “holiday” or “workday”")
        )

    def answer(self, options: dict[str, Any]) -> list[Row]:
        """Count the period."""
        found = legal_deadlines()(
            options["rule"],
            read_day_or_moment(options["start"]),
            calendar=_calendar(options["calendar"]),
            region=options["region"],
            party=options["party"],
            pauses=[read_pause(written) for written in options["exclude"]],
            extensions=options["extension"],
        )
        return [Row("rule", _("rule"), found.key), *_rows(found, options["start"])]


def _rows(found: LegalDeadline, start: str) -> list[Row]:
    deadline = found.deadline
    hours = deadline.unit is Unit.HOURS
    due = deadline.due.astimezone(SHANGHAI).isoformat() if hours else deadline.last_day.isoformat()
    return [
        Row("title", _("period"), in_language(found.title, found.title_zh)),
        Row("from", _("from"), start),
        Row("event", _("counted from"), in_language(found.event, found.event_zh)),
        Row("due", _("due"), due),
        Row("due_at", _("last moment (UTC)"), deadline.due.isoformat()),
        Row("unit", _("unit"), deadline.unit.value),
        Row("unit_name", _("counted in"), UNIT_NAMES[deadline.unit]),
        Row("counted", _("how it was counted"), deadline.counted),
        Row("provisional", _("provisional"), deadline.provisional),
        Row("source", _("source"), found.source),
        Row("mark", _("mark"), str(found.mark)),
        Row("note", _("note"), found.note),
        Row("warnings", _("warning"), found.warnings),
    ]


def _calendar(path: str | None) -> Calendar:
    if path is None:
        return Calendar()
    try:
        written = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        template = gettext_noop("The calendar “%(path)s” cannot be read: %(problem)s")
        raise Refused("no_calendar", text(template, path=path, problem=problem)) from problem
    return Calendar(read_year_tables(written))
