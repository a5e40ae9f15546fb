"""Reads dates, moments, ranges and year calendars as people write them; refuses with a sentence."""

import csv
import io
import re
from datetime import date, datetime

from workflows.rules.calendar import SHANGHAI, YearTable
from workflows.rules.clock import Pause
from workflows.rules.texts import Refused, gettext_noop, text

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST, LATEST = 1990, 2200


class BadDate(Refused):
    """The text is not a day or moment that can be used."""


class BadCalendar(Refused):
    """The file is not a calendar of one or more years."""


def read_day(written: str) -> date:
    """Read a civil day such as 2025-07-03. Raises: BadDate."""
    plain = written.strip()
    try:
        if not _DAY.fullmatch(plain):
            raise ValueError(plain)
        day = date.fromisoformat(plain)
    except ValueError:
        template = gettext_noop("“%(written)s” is not a day of the calendar; write it as 2025-07-03.")
        raise BadDate("bad_date", text(template, written=written)) from None
    return _in_range(day, written)


def read_day_or_moment(written: str) -> date | datetime:
    """Read a day, or a moment such as 2025-07-03T10:30, which is Shanghai time unless it names an offset."""
    plain = written.strip()
    if not re.match(_DAY.pattern + r"[T ][0-9]{2}:[0-9]{2}", plain):
        return read_day(written)
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        template = gettext_noop("“%(written)s” is not a moment; write it as 2025-07-03T10:30.")
        raise BadDate("bad_date", text(template, written=written)) from None
    _in_range(moment.date(), written)
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def read_pause(written: str) -> Pause:
    """Read excluded days, D1..D2 with both ends included, or one day. Raises: BadDate."""
    first, separator, last = written.partition("..")
    begin = read_day(first)
    end = read_day(last) if separator else begin
    if end < begin:
        template = gettext_noop("“%(written)s” ends before it begins.")
        raise BadDate("bad_range", text(template, written=written))
    return Pause(begin, end)


def read_year_tables(written: str) -> tuple[YearTable, ...]:
    """Read a calendar: lines `day,kind` with kind holiday or workday (调休上班); a year is whole or absent.

    A first line that begins with “date” is a heading; further columns are ignored. Raises: BadCalendar, BadDate.
    """
    days: dict[int, dict[str, set[date]]] = {}
    for number, row in enumerate(csv.reader(io.StringIO(written.lstrip("\ufeff"))), start=1):
        if not row or (number == 1 and row[0].strip().lower() == "date"):
            continue
        kind = row[1].strip().lower() if len(row) > 1 else ""
        if kind not in ("holiday", "workday"):
            template = gettext_noop("Line %(number)s: write a day and “holiday” or “workday”.")
            raise BadCalendar("bad_calendar", text(template, number=number))
        day = read_day(row[0])
        days.setdefault(day.year, {"holiday": set(), "workday": set()})[kind].add(day)
    if not days:
        raise BadCalendar("bad_calendar", text(gettext_noop("The calendar has no days.")))
    return tuple(
        YearTable(year, frozenset(kinds["holiday"]), frozenset(kinds["workday"]))
        for year, kinds in sorted(days.items())
    )


def _in_range(day: date, written: str) -> date:
    if EARLIEST <= day.year <= LATEST:
        return day
    template = gettext_noop("“%(written)s” lies outside the years %(first)s to %(last)s.")
    raise BadDate("bad_date", text(template, written=written, first=EARLIEST, last=LATEST))
