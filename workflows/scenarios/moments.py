"""Moments of a scenario: a date, so much after the step before, or so many days before today."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from workflows.rules.calendar import SHANGHAI, Calendar, add_months

RELATIVE = re.compile(
    r"(?P<anchor>today|(?=[+-]))(?:(?P<sign>[+-])(?P<number>\d+)(?P<unit>wd|d|mo|h|min))?(?: (?P<time>\d\d:\d\d))?"
)


@dataclass(frozen=True)
class Moment:
    """When a step happens; only `today…` and `+…` depend on the day of the play and the step before."""

    absolute: datetime | None = None
    from_today: bool = False
    number: int = 0
    unit: str = "d"
    clock: time | None = None

    def after(self, before: datetime, today: date) -> datetime:
        """The moment in UTC; `before` is the moment of the step before."""
        if self.absolute is not None:
            return self.absolute
        local = before.astimezone(SHANGHAI)
        if self.unit in ("h", "min"):
            step = timedelta(hours=self.number) if self.unit == "h" else timedelta(minutes=self.number)
            return (local + step).astimezone(UTC)
        day = _moved(today if self.from_today else local.date(), self.number, self.unit)
        return datetime.combine(day, self.clock or local.time(), SHANGHAI).astimezone(UTC)


def read_moment(value: Any) -> Moment:
    """`2025-03-03 09:00`, `+3d 10:00`, `+2wd`, `+1mo`, `+90min`, `-3d` or `today-5wd 09:00`. Raises: ValueError."""
    text = str(value).strip()
    found = RELATIVE.fullmatch(text)
    if found is None:
        parsed = datetime.fromisoformat(text)
        return Moment((parsed if parsed.tzinfo else parsed.replace(tzinfo=SHANGHAI)).astimezone(UTC))
    number = int(found["number"] or 0)
    return Moment(
        from_today=found["anchor"] == "today",
        number=-number if found["sign"] == "-" else number,
        unit=found["unit"] or "d",
        clock=time.fromisoformat(found["time"]) if found["time"] else None,
    )


def _moved(day: date, number: int, unit: str) -> date:
    if unit == "mo":
        return add_months(day, number)
    if unit == "d":
        return day + timedelta(days=number)
    calendar = Calendar()
    if number >= 0:
        return calendar.add_working_days(day, number)
    while number:
        day -= timedelta(days=1)
        number += calendar.is_working_day(day)
    return day
