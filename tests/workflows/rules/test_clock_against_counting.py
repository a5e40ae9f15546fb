"""The clock against a person who ticks off days one by one on a wall calendar, 2004 to 2027."""

from datetime import date, timedelta

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.rules.calendar import Calendar
from workflows.rules.clock import Extension, Pause, Period, Unit, compute_deadline

calendar = Calendar()
DAY = timedelta(days=1)
starts = st.dates(date(2004, 1, 1), date(2027, 12, 31))
units = st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS])
pause_lists = st.lists(st.tuples(st.integers(-20, 200), st.integers(0, 40)), max_size=4)


def is_off(day: date) -> bool:
    """Ask the package itself; after its last year only weekends are known."""
    if day.year > 2026:
        return day.weekday() > 4
    return bool(chinese_calendar.is_holiday(day))


def ticked_off(start: date, value: int, unit: Unit, excluded: set[date], *, moves: bool) -> date:
    day = start
    while value:
        day += DAY
        if day in excluded or (unit is Unit.WORKING_DAYS and is_off(day)):
            continue
        value -= 1
    while moves and unit is Unit.CALENDAR_DAYS and (is_off(day) or day in excluded):
        day += DAY
    return day


@settings(max_examples=2000, deadline=None)
@given(starts, units, st.integers(1, 120), pause_lists, st.booleans(), st.integers(0, 60))
def test_the_clock_agrees_with_counting_day_by_day(
    start: date, unit: Unit, value: int, gaps: list[tuple[int, int]], moves: bool, more: int
) -> None:
    pauses = [Pause(start + at * DAY, start + (at + length) * DAY) for at, length in gaps]
    excluded = {pause.first + n * DAY for pause in pauses for n in range((pause.last - pause.first).days + 1)}
    extensions = [Extension(more, unit, "more")] if more else []

    found = compute_deadline(
        Period(value, unit, rolls=moves), start, calendar=calendar, pauses=pauses, extensions=extensions
    )

    assert found.last_day == ticked_off(start, value + more, unit, excluded, moves=moves)


@settings(max_examples=500, deadline=None)
@given(starts, units, st.integers(1, 90), st.integers(1, 60))
def test_a_later_event_or_a_longer_period_never_ends_earlier(
    start: date, unit: Unit, value: int, more: int
) -> None:
    period = Period(value, unit)

    found = compute_deadline(period, start, calendar=calendar).last_day

    assert found <= compute_deadline(period, start + more * DAY, calendar=calendar).last_day
    assert found <= compute_deadline(Period(value + more, unit), start, calendar=calendar).last_day


@settings(max_examples=500, deadline=None)
@given(starts, units, st.integers(1, 90))
def test_a_result_is_provisional_exactly_when_it_asks_an_unknown_year(
    start: date, unit: Unit, value: int
) -> None:
    found = compute_deadline(Period(value, unit), start, calendar=calendar)

    first_asked = start + DAY if unit is Unit.WORKING_DAYS else start + value * DAY
    assert found.provisional is (max(found.last_day, first_asked).year > 2026)


@settings(max_examples=300, deadline=None)
@given(starts, st.integers(0, 80))
def test_adding_and_counting_working_days_are_inverse(start: date, count: int) -> None:
    end = calendar.add_working_days(start, count)

    assert calendar.working_days_between(start, end) == count
