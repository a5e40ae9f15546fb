"""Legal clocks (期限): from a start, a length, pauses and extensions to the last moment, with the reasons.

The day of the event is not counted. Extensions run on from the end of the period before it is moved off a
holiday; only the very last day is moved. Which period has which length is not known here.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from workflows.rules.calendar import ONE_DAY, SHANGHAI, Calendar, civil_date, start_of_day
from workflows.rules.day_count import DayCount
from workflows.rules.periods import (
    UNIT_NAMES,
    Deadline,
    Extension,
    Pause,
    Period,
    Unit,
    unit_name,
    units_left,
)
from workflows.rules.texts import gettext_noop, text

__all__ = [
    "UNIT_NAMES",
    "Deadline",
    "Extension",
    "Pause",
    "Period",
    "Unit",
    "compute_deadline",
    "unit_name",
    "units_left",
]


def compute_deadline(
    period: Period,
    start: date | datetime,
    *,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
) -> Deadline:
    """Count a period from the event at `start` and say how.

    A moment is read as its Shanghai day; periods in hours need an aware moment and run by the clock.
    Raises: ValueError when hours are to be counted from a bare date or a moment without zone.
    """
    spans = tuple(sorted(pauses, key=lambda pause: (pause.first, pause.last)))
    if period.unit is Unit.HOURS:
        return _deadline_in_hours(period, start, calendar, spans, tuple(extensions))
    first = civil_date(start) if isinstance(start, datetime) else start
    return DayCount(calendar, spans).run(period, first, tuple(extensions))


def _deadline_in_hours(
    period: Period,
    start: date | datetime,
    calendar: Calendar,
    pauses: tuple[Pause, ...],
    extensions: tuple[Extension, ...],
) -> Deadline:
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise ValueError("a period in hours is counted from a moment with a time zone")
    if any(extension.unit is not Unit.HOURS for extension in extensions):
        raise ValueError("a period in hours can only be extended by hours")
    moment = start.astimezone(UTC)
    hours = period.value + sum(extension.value for extension in extensions)
    due = _past_paused_hours(moment, moment + timedelta(hours=hours), pauses)
    shown = [value.astimezone(SHANGHAI).isoformat(sep=" ", timespec="minutes") for value in (moment, due)]
    lines = [
        text(
            gettext_noop("%(hours)s hours by the clock from %(start)s end at %(end)s."),
            hours=hours,
            start=shown[0],
            end=shown[1],
        )
    ]
    return Deadline(due, civil_date(due), Unit.HOURS, tuple(lines), False, pauses, calendar)


def _past_paused_hours(start: datetime, due: datetime, pauses: tuple[Pause, ...]) -> datetime:
    reached = start
    for pause in pauses:
        begin, end = max(start_of_day(pause.first), reached), start_of_day(pause.last + ONE_DAY)
        if begin <= due and end > begin:
            due += end - begin
            reached = end
    return due
