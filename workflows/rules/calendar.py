"""The working-day calendar (工作日历): public holidays, worked weekends (调休), arithmetic on civil dates.

Civil dates are dates in Asia/Shanghai. The package `chinesecalendar` knows the years that the State Council
had announced when it was released; later years come from imported tables. Until then Monday to Friday count
as working days and the result is called provisional.
"""

import hashlib
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from importlib.metadata import version
from zoneinfo import ZoneInfo

from chinese_calendar import constants

from workflows.rules.texts import Refused, gettext_noop, text

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
SATURDAY = 5


def civil_date(moment: datetime) -> date:
    """Return the day in Asia/Shanghai of an aware moment.

    Raises: ValueError when the moment has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(SHANGHAI).date()


def end_of_day(day: date) -> datetime:
    """Return the last microsecond of a Shanghai day in UTC; a moment after it is too late."""
    return datetime.combine(day, time.max, SHANGHAI).astimezone(UTC)


def start_of_day(day: date) -> datetime:
    """Return the first moment of a Shanghai day in UTC."""
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """Return the same day of a later (or earlier) month, or that month's last day if it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Return the same day of a later year; 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * years)


def days_after(first: date, last: date) -> Iterator[date]:
    """Yield every day after `first` up to and including `last`."""
    for offset in range(1, (last - first).days + 1):
        yield first + timedelta(days=offset)


@dataclass(frozen=True)
class YearTable:
    """The State Council's calendar of one year: days off (moved rest days too) and worked weekend days."""

    year: int
    holidays: frozenset[date]
    worked: frozenset[date]

    def __post_init__(self) -> None:
        for day in sorted(self.holidays | self.worked):
            if day.year != self.year:
                raise _refused(gettext_noop("%(day)s does not lie in %(year)s."), day, self.year)
        for day in sorted(self.worked):
            if day.weekday() < SATURDAY or day in self.holidays:
                raise _refused(
                    gettext_noop("%(day)s cannot be a worked weekend day of %(year)s."), day, self.year
                )


def _refused(template: str, day: date, year: int) -> Refused:
    return Refused("calendar_row", text(template, day=day, year=year))


@lru_cache(maxsize=1)
def _package_tables() -> dict[int, YearTable]:
    years = {day.year for day in constants.holidays}
    return {
        year: YearTable(
            year,
            frozenset(day for day in constants.holidays if day.year == year),
            frozenset(day for day in constants.workdays if day.year == year),
        )
        for year in years
    }


class Calendar:
    """Which days are worked. An imported year replaces the package's year of the same number."""

    def __init__(self, imported: Iterable[YearTable] = ()) -> None:
        self._imported = {table.year: table for table in imported}
        self._tables = _package_tables() | self._imported

    @cached_property
    def version(self) -> str:
        """Name what this calendar rests on: package version and digest of the imported years."""
        rows = sorted(
            f"{kind}{day.isoformat()}"
            for table in self._imported.values()
            for kind, days in (("h", table.holidays), ("w", table.worked), ("y", {date(table.year, 1, 1)}))
            for day in days
        )
        digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12] if rows else "none"
        return f"chinesecalendar {version('chinesecalendar')}, imported {digest}"

    def knows(self, year: int) -> bool:
        """Tell whether the calendar of that year is loaded."""
        return year in self._tables

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years between two days (both included) whose calendar is not loaded."""
        return tuple(year for year in range(first.year, last.year + 1) if not self.knows(year))

    def is_holiday(self, day: date) -> bool:
        """Tell whether the State Council's table gives the day off; ordinary weekends are not in it."""
        table = self._tables.get(day.year)
        return table is not None and day in table.holidays

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work that day, worked weekends included."""
        table = self._tables.get(day.year)
        if table is not None and day in table.worked:
            return True
        return day.weekday() < SATURDAY and not self.is_holiday(day)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the day that lies `count` working days after a day not counted; before it when negative."""
        step = ONE_DAY if count >= 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Count working days after `first` up to `last`; negative when `last` lies before `first`."""
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working_day(day) for day in days_after(first, last))
