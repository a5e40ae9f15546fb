"""The ladder of warnings: when each rung is due, and that a rung is told once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.rules.calendar import SHANGHAI, Calendar, civil_date, end_of_day, start_of_day
from workflows.rules.ladder import Course, due_rung, next_moment, read_ladder, rung_words, rungs
from workflows.rules.periods import Pause, Unit

calendar = Calendar()
LADDER = read_ladder("half 5wd 2wd last_day overdue")


def course(start: str, last: str, unit: Unit = Unit.CALENDAR_DAYS, *pauses: Pause) -> Course:
    begin, end = date.fromisoformat(start), date.fromisoformat(last)
    return Course(start_of_day(begin), end_of_day(end), unit, calendar, pauses)


def days(found: Course) -> dict[str, str]:
    return {rung.key: f"{civil_date(rung.at)}" for rung in rungs(LADDER, found)}


def test_ninety_days_over_the_national_holiday_are_warned_of_before_and_after() -> None:
    assert days(course("2025-07-03", "2025-10-09")) == {
        "half": "2025-08-22",
        # Working days before 9 October: 30, 29, 28 (worked Sunday), 26 and 25 September.
        "5wd": "2025-09-25",
        "2wd": "2025-09-29",
        "last_day": "2025-10-09",
        "overdue": "2025-10-10",
    }


def test_half_is_half_of_the_days_that_count() -> None:
    pause = Pause(date(2025, 7, 4), date(2025, 7, 13))
    without = days(course("2025-07-03", "2025-08-12"))["half"]
    paused = days(course("2025-07-03", "2025-08-22", Unit.CALENDAR_DAYS, pause))["half"]
    assert (without, paused) == ("2025-07-24", "2025-08-03")


def test_half_of_working_days_leaves_holidays_out() -> None:
    assert days(course("2025-09-22", "2025-10-17", Unit.WORKING_DAYS))["half"] == "2025-10-09"


def test_a_short_period_has_no_warning_from_before_its_event() -> None:
    assert set(days(course("2025-03-12", "2025-03-14", Unit.WORKING_DAYS))) == {"half", "last_day", "overdue"}


def test_hours_are_warned_of_by_the_clock() -> None:
    start = datetime(2025, 7, 3, 10, 30, tzinfo=SHANGHAI)
    found = rungs(
        read_ladder("half 4h overdue"), Course(start, start + timedelta(hours=24), Unit.HOURS, calendar)
    )
    assert [rung.at for rung in found] == [
        start + timedelta(hours=12),
        start + timedelta(hours=20),
        start + timedelta(hours=24, microseconds=1),
    ]


def test_the_last_moment_is_not_overdue_yet() -> None:
    found = course("2025-03-12", "2025-03-31")
    ladder = rungs(LADDER, found)
    assert due_rung(ladder, (), found.due).key == "last_day"  # type: ignore[union-attr]
    assert due_rung(ladder, (), found.due + timedelta(microseconds=1)).key == "overdue"  # type: ignore[union-attr]


def test_what_was_missed_is_told_once_by_the_latest_rung() -> None:
    found = course("2025-03-12", "2025-03-31")
    ladder, late = rungs(LADDER, found), found.due + timedelta(days=3)
    assert next_moment(ladder, (), late) == ladder[-1].at
    assert next_moment(ladder, ("overdue",), late) is None


@pytest.mark.parametrize("word", ["0wd", "5", "tomorrow", "100wd", "-1d"])
def test_a_word_that_is_no_rung_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="no warning"):
        read_ladder(f"half {word}")


def test_every_rung_has_words() -> None:
    assert [str(rung_words(key)) for key in (*LADDER, "3d", "4h")] == [
        "half of the time is over",
        "5 working days before the end",
        "2 working days before the end",
        "the last day has come",
        "the period is over",
        "3 days before the end",
        "4 hours before the end",
    ]


@settings(max_examples=500, deadline=None)
@given(
    st.dates(date(2010, 1, 1), date(2026, 6, 30)),
    st.integers(1, 150),
    st.lists(st.integers(0, 24 * 200), max_size=60),
)
def test_whenever_the_sweeper_looks_each_rung_is_told_at_most_once_and_never_early(
    start: date, length: int, looks: list[int]
) -> None:
    begin = start_of_day(start)
    found = Course(begin, end_of_day(start + timedelta(days=length)), Unit.CALENDAR_DAYS, calendar)
    ladder, told = rungs(LADDER, found), []
    for hours in sorted(looks):
        now = begin + timedelta(hours=hours)
        rung = due_rung(ladder, told, now)
        if rung is not None:
            assert rung.at <= now
            told.append(rung.key)
        following = next_moment(ladder, told, now)
        assert following is None or following > now
    assert len(told) == len(set(told))
    order = [rung.key for rung in ladder]
    assert told == sorted(told, key=order.index)


def test_rungs_lie_in_utc_moments_of_shanghai_days() -> None:
    last_day = next(r for r in rungs(LADDER, course("2025-03-12", "2025-03-31")) if r.key == "last_day")
    assert last_day.at == datetime(2025, 3, 30, 16, 0, tzinfo=UTC)
