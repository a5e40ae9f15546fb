"""The ladder of warnings (预警阶梯): the moments at which people are told how a period stands.

Rungs are words of a dated parameter: `half` (half of what counts is over), `5wd`, `3d`, `4h` (so much is left),
`last_day` and `overdue`.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflows.rules.calendar import Calendar, civil_date, days_after, start_of_day
from workflows.rules.periods import Pause, Unit, paused_days
from workflows.rules.texts import Text, gettext_noop, text

LEFT = re.compile(r"([1-9][0-9]?)(wd|d|h)")
HALF, LAST_DAY, OVERDUE = "half", "last_day", "overdue"
_TICK = timedelta(microseconds=1)
_WORDS = {
    HALF: text(gettext_noop("half of the time is over")),
    LAST_DAY: text(gettext_noop("the last day has come")),
    OVERDUE: text(gettext_noop("the period is over")),
}
_LEFT_WORDS = {
    "wd": gettext_noop("%(count)s working days before the end"),
    "d": gettext_noop("%(count)s days before the end"),
    "h": gettext_noop("%(count)s hours before the end"),
}


@dataclass(frozen=True)
class Rung:
    """One warning and its moment."""

    key: str
    at: datetime


@dataclass(frozen=True)
class Course:
    """A period from its event to its last moment, as it was counted."""

    start: datetime
    due: datetime
    unit: Unit
    calendar: Calendar
    pauses: tuple[Pause, ...] = ()


def read_ladder(written: str) -> tuple[str, ...]:
    """Return the rungs of a parameter. Raises: ValueError for a word that is none."""
    words = tuple(written.split())
    for word in words:
        if word not in _WORDS and not LEFT.fullmatch(word):
            raise ValueError(f"“{word}” is no warning; known: {', '.join(_WORDS)}, 5wd, 3d, 4h")
    return words


def rung_words(key: str) -> Text:
    """Return what a warning says."""
    found = LEFT.fullmatch(key)
    return text(_LEFT_WORDS[found[2]], count=int(found[1])) if found else _WORDS[key]


def rungs(ladder: Iterable[str], course: Course) -> tuple[Rung, ...]:
    """Return the warnings of a period in the order of time; those that would lie before its event are left out."""
    found = [Rung(key, at) for key in ladder if (at := _moment(key, course)) and at > course.start]
    return tuple(sorted(found, key=lambda rung: rung.at))


def due_rung(ladder: Iterable[Rung], told: Collection[str], now: datetime) -> Rung | None:
    """Return the warning that is due: the latest whose moment has come, unless people were told it."""
    passed = [rung for rung in ladder if rung.at <= now]
    return passed[-1] if passed and passed[-1].key not in told else None


def next_moment(ladder: Iterable[Rung], told: Collection[str], now: datetime) -> datetime | None:
    """Return when the next warning is due, now or later; None when none is left."""
    known = tuple(ladder)
    due = due_rung(known, told, now)
    if due is not None:
        return due.at
    return next((rung.at for rung in known if rung.at > now and rung.key not in told), None)


def _moment(key: str, course: Course) -> datetime | None:
    last = civil_date(course.due)
    if key == OVERDUE:
        return course.due + _TICK
    if key == LAST_DAY:
        return start_of_day(last)
    if key == HALF:
        return _half(course, last)
    found = LEFT.fullmatch(key)
    assert found is not None, "the ladder was read"
    count, unit = int(found[1]), found[2]
    if unit == "h":
        return course.due - timedelta(hours=count)
    before = course.calendar.add_working_days(last, -count) if unit == "wd" else last - timedelta(days=count)
    return start_of_day(before)


def _half(course: Course, last: date) -> datetime | None:
    if course.unit is Unit.HOURS:
        return course.start + (course.due - course.start) / 2
    paused = paused_days(course.pauses)
    days = [day for day in days_after(civil_date(course.start), last) if day not in paused]
    if course.unit is Unit.WORKING_DAYS:
        days = [day for day in days if course.calendar.is_working_day(day)]
    return start_of_day(days[len(days) // 2]) if days else None
