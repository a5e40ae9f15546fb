"""Warnings are given once, paused periods stay ahead of today, a loaded calendar moves what rests on it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from casework.models import Case
from casework.services.answer_time_request import Answer, answer_time_request, end_pause
from casework.services.ask_for_time import ask_for_extension, ask_for_pause
from tests.factories import casework as make
from workflows.clocks import calendars, watch
from workflows.models import CalendarYear, Clock, ClockWarning, JournalEntry
from workflows.rules.calendar import ONE_DAY, YearTable, civil_date

pytestmark = pytest.mark.django_db
NEW_YEAR = YearTable(2027, frozenset({date(2027, 1, 1), date(2027, 1, 4)}), frozenset({date(2027, 1, 9)}))


@pytest.fixture(autouse=True)
def own_calendar() -> Iterator[None]:
    """What a test loads is gone with its rows."""
    calendars.forget()
    yield
    calendars.forget()


@pytest.fixture
def case() -> Case:
    """Filed on 12 March 2025: half on 26 April, the last day is Tuesday 10 June."""
    return make.handled_case()


@pytest.fixture
def clock(case: Case) -> Clock:
    return case.run.clocks.get(rule_key="decision")


def at(day: str, hour: int = 2) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def given(clock: Clock) -> list[str]:
    return list(clock.warnings.order_by("id").values_list("rung", flat=True))


def granted(clock: Clock, case: Case, now: datetime) -> None:
    leader = make.account(case.bureau, "leader")
    request = clock.requests.get(answered_at=None)
    answer_time_request(actor=leader, request=request, answer=Answer("granted"), key=make.key(), now=now)


def test_every_rung_is_given_once_however_often_the_sweeper_looks(clock):
    day = at("2025-03-12")
    while day < at("2025-06-20"):
        watch.watch(day)
        watch.watch(day)
        day += timedelta(hours=7)

    assert given(clock) == ["half", "5wd", "2wd", "last_day", "overdue"]
    told = JournalEntry.objects.filter(act="clock_warned", run=clock.run).order_by("id")
    assert [entry.details["rung"] for entry in told] == given(clock)
    assert {entry.agent for entry in told} == {"clock"}


def test_a_sweeper_that_was_away_gives_the_latest_rung_alone(clock):
    watch.watch(at("2025-06-10"))
    assert given(clock) == ["last_day"]


def test_nobody_is_warned_of_a_period_that_was_kept(clock):
    clock.ended_at = at("2025-05-01")
    clock.save()
    watch.watch(at("2025-06-20"))
    assert given(clock) == []


def test_an_extended_period_is_warned_of_again_before_its_new_end(case, clock):
    watch.watch(at("2025-06-09"))
    asked = {"value": None, "reason": "案情复杂", "key": make.key(), "now": at("2025-06-09")}
    ask_for_extension(actor=make.handler_of(case), clock=clock, **asked)
    granted(clock, case, at("2025-06-09"))
    watch.watch(at("2025-06-11"))
    assert given(clock) == ["2wd"]

    watch.watch(at("2025-07-08"))

    assert [(row.rung, row.last_day) for row in clock.warnings.order_by("id")] == [
        ("2wd", date(2025, 6, 10)),
        ("2wd", date(2025, 7, 10)),
    ]


def test_a_period_that_stands_still_is_never_late_and_never_warned_of(case, clock):
    handler = make.handler_of(case)
    ask_for_pause(
        actor=handler, clock=clock, ground="expert_review", first_date=date(2025, 6, 9), reason="评审",
        key=make.key(), now=at("2025-06-09"),
    )  # fmt: skip
    granted(clock, case, at("2025-06-09"))
    before = JournalEntry.objects.filter(run=clock.run).count()
    day = at("2025-06-10")
    while day < at("2025-07-10"):
        watch.watch(day)
        clock.refresh_from_db()
        assert civil_date(clock.due_at) > civil_date(day)
        assert make.work(case, "investigate").due_at == clock.due_at
        day += ONE_DAY
    assert given(clock) == []
    assert JournalEntry.objects.filter(run=clock.run).count() == before

    end_pause(actor=handler, clock=clock, last_date=date(2025, 7, 9), key=make.key(), now=at("2025-07-09"))
    clock.refresh_from_db()
    # Two days were left on 8 June; 9 June to 9 July do not count.
    assert civil_date(clock.due_at) == date(2025, 7, 11)
    watch.watch(at("2025-07-10"))
    assert given(clock) == ["2wd"]


def provisional_clock(case: Case) -> Clock:
    """Five working days from Monday 28 December 2026: without the calendar of 2027 until 4 January."""
    from workflows.clocks.counting import counted_clock

    data = {"served": "2026-12-28"}
    clock = counted_clock(case.run, "hearing_request", data=data, start_field="served", now=at("2026-12-28"))
    clock.save()
    return clock


def test_a_loaded_year_moves_what_rested_on_a_guess_and_says_so(case):
    clock = provisional_clock(case)
    assert (clock.is_provisional, civil_date(clock.due_at)) == (True, date(2027, 1, 4))

    done = watch.load_calendar([NEW_YEAR], source="国办发明电〔2026〕9号", actor=None, now=at("2026-12-29"))

    clock.refresh_from_db()
    assert (clock.is_provisional, civil_date(clock.due_at)) == (False, date(2027, 1, 6))
    assert clock.calendar_version == done.version == calendars.in_force().version
    moved = JournalEntry.objects.get(act="clock_recounted", run=case.run)
    assert (moved.details["before"], moved.details["until"]) == ("2027-01-04", "2027-01-06")
    assert JournalEntry.objects.filter(act="calendar_loaded").count() == 1
    assert done.moved == 1 and done.counted >= 1


def test_a_year_loaded_again_moves_nothing(case):
    provisional_clock(case)
    watch.load_calendar([NEW_YEAR], source="a", actor=None, now=at("2026-12-29"))
    again = watch.load_calendar([NEW_YEAR], source="a", actor=None, now=at("2026-12-29", 3))
    assert again.moved == 0 and CalendarYear.objects.count() == 1


def test_the_sweeper_finds_a_guess_that_another_process_made_by_its_old_calendar(case):
    clock = provisional_clock(case)
    calendars.store_years([NEW_YEAR], source="a", actor=None, now=at("2026-12-29"))

    watch.watch(at("2026-12-29"))

    clock.refresh_from_db()
    assert civil_date(clock.due_at) == date(2027, 1, 6)


def test_periods_that_do_not_reach_into_the_year_are_left_alone(case, clock):
    stamp = clock.counted_at
    watch.load_calendar([NEW_YEAR], source="a", actor=None, now=at("2026-12-29"))
    clock.refresh_from_db()
    assert clock.counted_at == stamp


def test_the_command_loads_a_file_and_says_what_moved(case, tmp_path: Path, capsys):
    provisional_clock(case)
    file = tmp_path / "2027.csv"
    file.write_text(
        "date,kind\n2027-01-01,holiday\n2027-01-04,holiday\n2027-01-09,workday\n", encoding="utf-8"
    )

    call_command("load_calendar", str(file), "--json")

    assert '"moved": 1' in capsys.readouterr().out
    assert CalendarYear.objects.get().source == "2027.csv"


def test_two_warnings_of_one_rung_for_one_end_cannot_be_stored(clock):
    facts = {"clock": clock, "rung": "half", "last_day": date(2025, 6, 10), "at": at("2025-04-26")}
    ClockWarning.objects.create(**facts)
    with pytest.raises(Exception, match="warned_once_for_each_end"):
        ClockWarning.objects.create(**facts)
