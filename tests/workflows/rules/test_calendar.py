"""The working-day calendar."""

from datetime import UTC, date, datetime

import pytest

from workflows.rules.calendar import (
    Calendar,
    YearTable,
    add_months,
    add_years,
    civil_date,
    end_of_day,
)
from workflows.rules.texts import Refused

calendar = Calendar()
NEW_YEAR_2027 = YearTable(2027, frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 3)}))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 9, 28), True),  # a worked Sunday
        (date(2025, 10, 8), False),  # a Wednesday off
        (date(2025, 10, 11), True),  # a worked Saturday
        (date(2025, 10, 12), False),
        (date(2026, 2, 28), True),  # a worked Saturday
    ],
)
def test_calendar_knows_worked_weekends_and_days_off(day: date, worked: bool) -> None:
    assert calendar.is_working_day(day) is worked


def test_calendar_counts_working_days_both_ways() -> None:
    assert calendar.add_working_days(date(2025, 9, 30), 2) == date(2025, 10, 10)
    assert calendar.add_working_days(date(2025, 10, 10), -2) == date(2025, 9, 30)
    assert calendar.working_days_between(date(2025, 9, 30), date(2025, 10, 12)) == 3
    assert calendar.working_days_between(date(2025, 10, 12), date(2025, 9, 30)) == -3


def test_an_unknown_year_has_plain_weeks_until_its_table_is_imported() -> None:
    assert not calendar.knows(2027)
    assert calendar.is_working_day(date(2027, 1, 1))

    loaded = Calendar([NEW_YEAR_2027])

    assert loaded.knows(2027)
    assert not loaded.is_working_day(date(2027, 1, 1))
    assert loaded.is_working_day(date(2027, 1, 3))


def test_unknown_years_are_named() -> None:
    assert calendar.unknown_years(date(2026, 12, 1), date(2028, 1, 1)) == (2027, 2028)


def test_the_version_changes_with_every_imported_day() -> None:
    other = YearTable(2027, frozenset({date(2027, 1, 1)}), frozenset())

    assert len({calendar.version, Calendar([NEW_YEAR_2027]).version, Calendar([other]).version}) == 3


@pytest.mark.parametrize(
    ("holidays", "worked"),
    [
        ({date(2026, 12, 31)}, set()),
        (set(), {date(2027, 1, 4)}),  # a Monday is worked anyway
        ({date(2027, 1, 3)}, {date(2027, 1, 3)}),
    ],
)
def test_a_contradictory_year_table_is_refused(holidays: set[date], worked: set[date]) -> None:
    with pytest.raises(Refused):
        YearTable(2027, frozenset(holidays), frozenset(worked))


def test_months_end_on_their_last_day() -> None:
    assert add_months(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_a_day_ends_in_shanghai() -> None:
    end = end_of_day(date(2025, 10, 9))

    assert end == datetime(2025, 10, 9, 15, 59, 59, 999999, tzinfo=UTC)
    assert civil_date(end) == date(2025, 10, 9)
    assert civil_date(datetime(2025, 10, 9, 16, tzinfo=UTC)) == date(2025, 10, 10)


def test_a_moment_without_zone_has_no_civil_date() -> None:
    with pytest.raises(ValueError, match="zone"):
        civil_date(datetime(2025, 10, 9))
