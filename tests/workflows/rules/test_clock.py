"""Legal clocks: rolling, pauses, extensions, what is left."""

from datetime import UTC, date, datetime, timedelta

import pytest

from workflows.rules.calendar import SHANGHAI, Calendar, YearTable
from workflows.rules.clock import Deadline, Extension, Pause, Period, Unit, compute_deadline, unit_name

calendar = Calendar()


def last_day(value: int, unit: Unit, start: str, **choices: bool) -> date:
    period = Period(value, unit, **choices)
    return compute_deadline(period, date.fromisoformat(start), calendar=calendar).last_day


def test_due_is_the_last_moment_of_the_last_shanghai_day() -> None:
    found = compute_deadline(Period(1, Unit.CALENDAR_DAYS), date(2025, 7, 3), calendar=calendar)

    assert found.due == datetime(2025, 7, 4, 15, 59, 59, 999999, tzinfo=UTC)
    assert not found.is_overdue(found.due)
    assert found.is_overdue(found.due + timedelta(microseconds=1))


def test_an_event_late_in_the_shanghai_evening_counts_from_that_day() -> None:
    evening = datetime(2025, 7, 3, 23, 30, tzinfo=SHANGHAI)

    found = compute_deadline(Period(1, Unit.CALENDAR_DAYS), evening.astimezone(UTC), calendar=calendar)

    assert found.last_day == date(2025, 7, 4)


def test_a_worked_weekend_day_does_not_move_the_last_day() -> None:
    assert last_day(3, Unit.CALENDAR_DAYS, "2025-09-25") == date(2025, 9, 28)


def test_an_ordinary_weekend_moves_the_last_day_only_where_chosen() -> None:
    assert last_day(2, Unit.CALENDAR_DAYS, "2025-07-03") == date(2025, 7, 7)
    assert last_day(2, Unit.CALENDAR_DAYS, "2025-07-03", rolls_on_weekend=False) == date(2025, 7, 5)
    assert last_day(2, Unit.CALENDAR_DAYS, "2025-09-29", rolls_on_weekend=False) == date(2025, 10, 9)


def test_a_burden_is_not_moved() -> None:
    assert last_day(30, Unit.CALENDAR_DAYS, "2025-03-05", rolls=False) == date(2025, 4, 4)


def test_working_days_can_be_counted_backwards() -> None:
    assert last_day(7, Unit.WORKING_DAYS, "2025-10-15", backwards=True) == date(2025, 9, 29)


def test_an_extension_runs_on_from_the_unmoved_end() -> None:
    found = compute_deadline(
        Period(90, Unit.CALENDAR_DAYS),
        date(2025, 7, 3),
        calendar=calendar,
        extensions=[Extension(30, Unit.CALENDAR_DAYS, "first")],
    )

    assert found.last_day == date(2025, 10, 31)
    assert "first" in str(found.counted[2])


def test_overlapping_pauses_are_excluded_once() -> None:
    pauses = [Pause(date(2025, 7, 5), date(2025, 7, 8)), Pause(date(2025, 7, 7), date(2025, 7, 10))]

    found = compute_deadline(
        Period(10, Unit.CALENDAR_DAYS, rolls=False), date(2025, 7, 3), calendar=calendar, pauses=pauses
    )

    assert found.last_day == date(2025, 7, 19)


def test_a_pause_before_the_event_or_after_the_end_changes_nothing() -> None:
    pauses = [Pause(date(2025, 7, 1), date(2025, 7, 3)), Pause(date(2025, 7, 14), date(2025, 7, 20))]

    found = compute_deadline(
        Period(10, Unit.CALENDAR_DAYS, rolls=False), date(2025, 7, 3), calendar=calendar, pauses=pauses
    )

    assert found.last_day == date(2025, 7, 13)


def test_the_last_day_does_not_move_into_a_pause() -> None:
    found = compute_deadline(
        Period(90, Unit.CALENDAR_DAYS),
        date(2025, 7, 3),
        calendar=calendar,
        pauses=[Pause(date(2025, 10, 6), date(2025, 10, 9))],
    )

    assert found.last_day == date(2025, 10, 10)


def test_hours_run_by_the_clock_over_midnight_and_weekends() -> None:
    friday = datetime(2025, 7, 4, 22, 15, tzinfo=SHANGHAI)

    found = compute_deadline(Period(24, Unit.HOURS), friday, calendar=calendar)

    assert found.due == datetime(2025, 7, 5, 22, 15, tzinfo=SHANGHAI)


def test_paused_days_stop_the_hours() -> None:
    friday = datetime(2025, 7, 4, 22, 0, tzinfo=SHANGHAI)

    found = compute_deadline(
        Period(24, Unit.HOURS), friday, calendar=calendar, pauses=[Pause(date(2025, 7, 5), date(2025, 7, 6))]
    )

    assert found.due == datetime(2025, 7, 7, 22, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize("start", [date(2025, 7, 4), datetime(2025, 7, 4, 22)])
def test_hours_need_a_moment_with_a_zone(start: date) -> None:
    with pytest.raises(ValueError, match="zone"):
        compute_deadline(Period(24, Unit.HOURS), start, calendar=calendar)


def test_a_deadline_in_an_unknown_year_is_provisional_until_the_calendar_is_loaded() -> None:
    period = Period(5, Unit.WORKING_DAYS)
    loaded = Calendar([YearTable(2027, frozenset({date(2027, 1, 1)}), frozenset())])

    guessed = compute_deadline(period, date(2026, 12, 28), calendar=calendar)
    known = compute_deadline(period, date(2026, 12, 28), calendar=loaded)

    assert guessed.provisional
    assert "2027" in str(guessed.counted[-1])
    assert not known.provisional
    assert known.last_day == date(2027, 1, 5)
    assert guessed.last_day == date(2027, 1, 4)


def test_days_that_never_ask_the_calendar_are_not_provisional() -> None:
    found = compute_deadline(Period(30, Unit.CALENDAR_DAYS, rolls=False), date(2027, 1, 5), calendar=calendar)

    assert not found.provisional


def left(found: Deadline, day: str) -> int:
    return found.days_left(datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=SHANGHAI))


def test_days_left_are_told_in_the_unit_of_the_law() -> None:
    working = compute_deadline(Period(2, Unit.WORKING_DAYS), date(2025, 9, 30), calendar=calendar)
    calendar_days = compute_deadline(Period(10, Unit.CALENDAR_DAYS), date(2025, 9, 30), calendar=calendar)

    assert [left(working, day) for day in ("2025-09-30", "2025-10-08", "2025-10-09", "2025-10-10")] == [
        2,
        2,
        1,
        0,
    ]
    assert left(calendar_days, "2025-09-30") == 10
    assert left(calendar_days, "2025-10-12") == -2


def test_an_overdue_weekend_is_never_zero_days_left() -> None:
    friday = compute_deadline(Period(1, Unit.WORKING_DAYS), date(2025, 7, 3), calendar=calendar)

    assert left(friday, "2025-07-05") == -1
    assert left(friday, "2025-07-08") == -2


def test_hours_left_are_whole_hours() -> None:
    start = datetime(2025, 7, 4, 10, tzinfo=SHANGHAI)
    found = compute_deadline(Period(24, Unit.HOURS), start, calendar=calendar)

    assert found.days_left(start + timedelta(minutes=30)) == 23
    assert found.days_left(start + timedelta(hours=24, minutes=1)) == -1


@pytest.mark.parametrize("value", [0, -3, 40_000])
def test_no_legal_period_is_empty_or_endless(value: int) -> None:
    with pytest.raises(ValueError, match="legal period"):
        Period(value, Unit.CALENDAR_DAYS)


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before"):
        Pause(date(2025, 7, 5), date(2025, 7, 4))


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(1, Unit.MONTHS, "month"), (2, Unit.MONTHS, "months"), (1, Unit.WORKING_DAYS, "working day")],
)
def test_one_is_not_told_in_the_plural(value: int, unit: Unit, words: str) -> None:
    assert unit_name(unit, value).render() == words
