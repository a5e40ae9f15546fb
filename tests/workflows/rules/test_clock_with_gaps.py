"""Pauses over holidays and extensions after pauses, against a person who ticks off days one by one."""

from datetime import date, timedelta

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.rules.calendar import Calendar
from workflows.rules.clock import Extension, Pause, Period, Unit, compute_deadline

calendar = Calendar()
DAY = timedelta(days=1)
HOLIDAYS = sorted(day for day in chinese_calendar.holidays if 2012 <= day.year <= 2025)
units = st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS])
steps = st.lists(st.tuples(units, st.integers(1, 60)), min_size=1, max_size=3)
pause_days = st.lists(st.tuples(st.integers(-8, 8), st.integers(0, 20)), max_size=3)


def is_off(day: date) -> bool:
    return bool(chinese_calendar.is_holiday(day))


def ticked(start: date, legs: list[tuple[Unit, int]], excluded: set[date]) -> date:
    """Leg by leg, the next one running on from the unmoved end; only the very last day is moved."""
    day = start
    for unit, value in legs:
        while value:
            day += DAY
            counts = day not in excluded and (unit is Unit.CALENDAR_DAYS or not is_off(day))
            value -= counts
    while legs[0][0] is Unit.CALENDAR_DAYS and (is_off(day) or day in excluded):
        day += DAY
    return day


def spans(near: date, gaps: list[tuple[int, int]]) -> tuple[list[Pause], set[date]]:
    pauses = [Pause(near + at * DAY, near + (at + length) * DAY) for at, length in gaps]
    return pauses, {p.first + n * DAY for p in pauses for n in range((p.last - p.first).days + 1)}


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(HOLIDAYS), st.integers(0, 100), steps, pause_days)
def test_pauses_around_holidays_and_extensions_in_any_unit(
    holiday: date, before: int, legs: list[tuple[Unit, int]], gaps: list[tuple[int, int]]
) -> None:
    start = holiday - before * DAY
    pauses, excluded = spans(holiday, gaps)
    (unit, value), *more = legs

    found = compute_deadline(
        Period(value, unit),
        start,
        calendar=calendar,
        pauses=pauses,
        extensions=[Extension(length, kind, "more") for kind, length in more],
    )

    assert found.last_day == ticked(start, legs, excluded)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(HOLIDAYS), st.integers(1, 90), units, st.integers(0, 60))
def test_while_a_pause_goes_on_the_end_stays_ahead_of_today(
    start: date, value: int, unit: Unit, length: int
) -> None:
    due = compute_deadline(Period(value, unit), start, calendar=calendar).last_day
    first = min(start + DAY, due)
    today = first + length * DAY

    paused = compute_deadline(Period(value, unit), start, calendar=calendar, pauses=[Pause(first, today)])

    assert paused.last_day > today


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(HOLIDAYS), st.integers(1, 90), units, pause_days)
def test_one_pause_or_the_same_days_in_pieces_give_the_same_end(
    start: date, value: int, unit: Unit, gaps: list[tuple[int, int]]
) -> None:
    pauses, excluded = spans(start + 10 * DAY, gaps)
    pieces = [Pause(day, day) for day in sorted(excluded)]

    whole = compute_deadline(Period(value, unit), start, calendar=calendar, pauses=pauses)

    assert (
        whole.last_day
        == compute_deadline(Period(value, unit), start, calendar=calendar, pauses=pieces).last_day
    )
