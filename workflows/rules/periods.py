"""Legal periods as values: units, lengths, pauses, extensions, and the deadline that a count gives."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from workflows.rules.calendar import ONE_DAY, Calendar, civil_date, days_after
from workflows.rules.texts import Text, gettext_noop, text


class Unit(StrEnum):
    """Units in which the law counts; DATE is a fixed day of the following year."""

    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "cd"
    HOURS = "h"
    MONTHS = "mo"
    YEARS = "y"
    DATE = "date"


UNIT_NAMES = {
    Unit.WORKING_DAYS: text(gettext_noop("working days")),
    Unit.CALENDAR_DAYS: text(gettext_noop("calendar days")),
    Unit.HOURS: text(gettext_noop("hours")),
    Unit.MONTHS: text(gettext_noop("months")),
    Unit.YEARS: text(gettext_noop("years")),
    Unit.DATE: text(gettext_noop("fixed day of the next year")),
}
# No period of one year is known; the word alone means a budget year (年度) in the translations.
ONE = {
    Unit.WORKING_DAYS: text(gettext_noop("working day")),
    Unit.CALENDAR_DAYS: text(gettext_noop("calendar day")),
    Unit.HOURS: text(gettext_noop("hour")),
    Unit.MONTHS: text(gettext_noop("month")),
}


def unit_name(unit: Unit, value: int) -> Text:
    """The unit in words as it stands behind that number."""
    return ONE[unit] if value == 1 and unit in ONE else UNIT_NAMES[unit]


@dataclass(frozen=True)
class Period:
    """A length of time in a legal unit.

    `value` is positive; for DATE it is month * 100 + day. `rolls`: the last day moves off a holiday, and off
    an ordinary weekend when `rolls_on_weekend`. `backwards`: the last day lies before the event.
    """

    value: int
    unit: Unit
    rolls: bool = True
    rolls_on_weekend: bool = True
    backwards: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.value <= 36_600:
            raise ValueError(f"a period of {self.value} {self.unit} is not a legal period")
        if self.backwards and self.unit is not Unit.WORKING_DAYS:
            raise ValueError("only working days are counted backwards")


@dataclass(frozen=True)
class Pause:
    """Days that do not count, both ends included; while a pause is open, give today as its last day."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the pause ends ({self.last}) before it begins ({self.first})")


@dataclass(frozen=True)
class Extension:
    """A granted lengthening; `label` names its ground in the explanation."""

    value: int
    unit: Unit
    label: str = ""


def paused_days(pauses: Iterable[Pause]) -> frozenset[date]:
    """Return every day that some pause takes out of the count."""
    return frozenset(day for pause in pauses for day in days_after(pause.first - ONE_DAY, pause.last))


@dataclass(frozen=True)
class Deadline:
    """The outcome of a count: `due` is the last moment in time (UTC), `last_day` its Shanghai day."""

    due: datetime
    last_day: date
    unit: Unit
    counted: tuple[Text, ...]
    provisional: bool
    pauses: tuple[Pause, ...] = ()
    calendar: Calendar = field(default_factory=Calendar, repr=False, compare=False)

    def days_left(self, now: datetime) -> int:
        """Return what is left in the unit of the law; see `units_left`."""
        return units_left(self.due, self.unit, now=now, calendar=self.calendar, pauses=self.pauses)

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether the last moment has passed."""
        return now > self.due


def units_left(
    due: datetime, unit: Unit, *, now: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> int:
    """Return whole hours for HOURS, working days for WORKING_DAYS, else calendar days, until `due`.

    0 on the last day, negative afterwards. Paused days that still lie ahead are not counted.
    """
    if unit is Unit.HOURS:
        return math.floor((due - now) / timedelta(hours=1))
    today, last_day = civil_date(now), civil_date(due)
    if last_day < today:
        if unit is Unit.WORKING_DAYS:
            # Overdue over a weekend is still overdue: never show 0 for a day that has passed.
            return min(-1, calendar.working_days_between(today, last_day))
        return (last_day - today).days
    paused = paused_days(pauses)
    ahead = [day for day in days_after(today, last_day) if day not in paused]
    return sum(calendar.is_working_day(day) for day in ahead) if unit is Unit.WORKING_DAYS else len(ahead)
