"""Time is asked for by one person and granted by another whom the law names; everything follows the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from casework.errors import NotFound
from casework.models import Account, Case
from casework.services.answer_time_request import Answer, answer_time_request, end_pause
from casework.services.ask_for_time import ask_for_extension, ask_for_pause
from tests.factories import casework as make
from workflows.errors import AlreadyDone, DutyConflict, Invalid, Repeated
from workflows.models import Clock, ClockRequest, Timer
from workflows.rules.calendar import civil_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
GRANT = Answer("granted")


@pytest.fixture
def case() -> Case:
    """Filed on 12 March 2025: the ninety days end on 10 June."""
    return make.handled_case()


@pytest.fixture
def clock(case: Case) -> Clock:
    return case.run.clocks.get(rule_key="decision")


def ask(clock: Clock, actor: Account, now: datetime = make.MOMENT, **changes) -> ClockRequest:
    facts = {"value": None, "reason": "案情复杂", "key": make.key(), **changes}
    return ask_for_extension(actor=actor, clock=clock, now=now, **facts)


def pause(clock: Clock, actor: Account, first: date, now: datetime) -> ClockRequest:
    facts = {"ground": "expert_review", "reason": "专家评审病历", "key": make.key()}
    return ask_for_pause(actor=actor, clock=clock, first_date=first, now=now, **facts)


def answer(
    request: ClockRequest, actor: Account, given: Answer = GRANT, now: datetime = make.MOMENT, key: str = ""
) -> ClockRequest:
    return answer_time_request(actor=actor, request=request, answer=given, key=key or make.key(), now=now)


def on(day: str, hour: int = 2) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def last_day(clock: Clock) -> date:
    clock.refresh_from_db()
    return civil_date(clock.due_at)


def test_a_granted_extension_moves_clock_work_and_timers(case, clock):
    timer = Timer.objects.create(run=case.run, task_id="t", element_id="e", clock=clock, due_at=clock.due_at)

    answer(ask(clock, make.handler_of(case)), make.account(case.bureau, "leader"))

    assert last_day(clock) == date(2025, 7, 10)
    timer.refresh_from_db()
    assert make.work(case, "investigate").due_at == timer.due_at == clock.due_at
    assert any("decision_extension_1" in str(line) for line in clock.counted)


def test_a_request_changes_nothing_until_it_is_granted(case, clock):
    request = ask(clock, make.handler_of(case))
    assert last_day(clock) == date(2025, 6, 10)

    answer(request, make.account(case.bureau, "leader"), Answer("refused", "理由不足"))

    assert last_day(clock) == date(2025, 6, 10)
    assert case.run.journal.get(act="time_refused").details["reasons"] == "理由不足"


def test_the_journal_says_who_asked_who_granted_and_from_which_day_to_which(case, clock):
    leader = make.account(case.bureau, "leader")
    answer(ask(clock, make.handler_of(case)), leader)

    asked, granted = case.run.journal.get(act="time_asked"), case.run.journal.get(act="clock_extended")
    assert (asked.actor, granted.actor) == (make.handler_of(case), leader)
    assert (granted.details["before"], granted.details["until"]) == ("2025-06-10", "2025-07-10")


@pytest.mark.parametrize("role", ["case_handler", "intake_officer", "finance", "auditor", "legal_reviewer"])
def test_other_roles_find_no_request_to_answer(case, clock, role):
    request = ask(clock, make.handler_of(case))
    with pytest.raises(NotFound):
        answer(request, make.account(case.bureau, role))


def test_the_leader_of_another_bureau_finds_no_request(case, clock):
    request = ask(clock, make.handler_of(case))
    with pytest.raises(NotFound):
        answer(request, make.account(make.bureau(), "leader", "chief"))


def test_only_whoever_handles_the_case_may_ask(case, clock):
    for role in ("case_handler", "leader", "auditor"):
        with pytest.raises(NotFound):
            ask(clock, make.account(case.bureau, role))


def test_a_handler_who_is_also_leader_does_not_grant_time_in_the_own_case():
    bureau = make.bureau()
    first, second = make.officer(bureau), make.officer(bureau)
    for officer in (first, second):
        make.LaneMember.objects.create(
            account=officer.account, lane="leader", unit_id=bureau.pk, starts_at=make.MOMENT
        )
    case = make.handled_case(bureau, handlers=[first, second])
    request = ask(case.run.clocks.get(rule_key="decision"), first.account)

    with pytest.raises(Invalid, match="Another person"):
        answer(request, first.account)
    with pytest.raises(DutyConflict):
        answer(request, second.account)


def test_whoever_granted_time_may_no_longer_handle_the_case(case, clock):
    from workflows.duties import may_hold

    leader = make.account(case.bureau, "leader")
    answer(ask(clock, make.handler_of(case)), leader)

    assert not may_hold(leader, family_id=case.run.family_id, duty="handle", excludes=[])


def test_the_second_extension_is_decided_together_and_never_above_sixty_days(case, clock):
    handler, chief = make.handler_of(case), make.account(case.bureau, "chief")
    answer(ask(clock, handler), make.account(case.bureau, "leader"))
    with pytest.raises(Invalid, match="61"):
        ask(clock, handler, value=61)
    request = ask(clock, handler, value=45)
    with pytest.raises(Invalid, match="collective discussion"):
        answer(request, chief)
    answer(request, chief, Answer("granted", "", make.MOMENT.date(), "李国梁、王立新、沈静"))

    # 90 + 30 + 45 days after 12 March is Sunday 24 August.
    assert last_day(clock) == date(2025, 8, 25)
    with pytest.raises(Invalid, match="no further extension"):
        ask(clock, handler)


@pytest.mark.parametrize("day", ["2025-03-11", "2025-03-13"])
def test_the_discussion_lies_between_request_and_answer(case, clock, day):
    handler, leader = make.handler_of(case), make.account(case.bureau, "leader")
    answer(ask(clock, handler), leader)
    request = ask(clock, handler, value=60)
    with pytest.raises(Invalid, match="between the request and today"):
        answer(request, leader, Answer("granted", "", date.fromisoformat(day), "三人"))


def test_nobody_asks_or_grants_after_the_end(case, clock):
    after = clock.due_at + timedelta(microseconds=1)
    handler, leader = make.handler_of(case), make.account(case.bureau, "leader")
    request = ask(clock, handler, now=clock.due_at)
    with pytest.raises(Invalid, match="over"):
        answer(request, leader, now=after)
    answer(request, leader, Answer("refused", "已届满"), now=after)
    with pytest.raises(Invalid, match="over"):
        ask(clock, handler, now=after)


def test_a_second_request_waits_for_the_answer_to_the_first(case, clock):
    ask(clock, make.handler_of(case))
    with pytest.raises(Invalid, match="already"):
        ask(clock, make.handler_of(case))


def test_an_answer_is_given_once_and_a_repeated_click_changes_nothing(case, clock):
    leader, key = make.account(case.bureau, "leader"), make.key()
    request = answer(ask(clock, make.handler_of(case)), leader, key=key)
    with pytest.raises(Repeated):
        answer(request, leader, key=key)
    with pytest.raises(AlreadyDone):
        answer(request, make.account(case.bureau, "chief"))
    assert clock.extensions.count() == 1


def test_the_database_itself_keeps_asker_and_approver_apart(case, clock):
    request = ask(clock, make.handler_of(case))
    mine = {"answer": "granted", "answered_by": request.asked_by, "answered_at": make.MOMENT}
    with pytest.raises(IntegrityError, match="nobody_answers_the_own_request"):
        ClockRequest.objects.filter(pk=request.pk).update(**mine)


def test_days_of_expert_review_are_not_counted(case, clock):
    handler, leader = make.handler_of(case), make.account(case.bureau, "leader")
    first = pause(clock, handler, date(2025, 4, 7), on("2025-04-08"))
    answer(first, leader, now=on("2025-04-08"))
    end_pause(actor=handler, clock=clock, last_date=date(2025, 4, 16), key=make.key(), now=on("2025-04-18"))

    # Ten days after Tuesday 10 June.
    assert last_day(clock) == date(2025, 6, 20)
    assert make.work(case, "investigate").due_at == clock.due_at


def test_a_pause_that_goes_on_moves_the_last_day_on(case, clock):
    handler, leader = make.handler_of(case), make.account(case.bureau, "leader")
    request = pause(clock, handler, date(2025, 6, 10), on("2025-06-10"))
    answer(request, leader, now=on("2025-06-10"))
    assert last_day(clock) == date(2025, 6, 11)
    with pytest.raises(Invalid, match="already"):
        pause(clock, handler, date(2025, 6, 11), on("2025-06-11"))


@pytest.mark.parametrize(
    ("ground", "first", "field"),
    [
        ("holiday", "2025-04-07", "ground"),
        ("expert_review", "2025-03-12", "first_date"),
        ("expert_review", "2025-04-09", "first_date"),
    ],
)
def test_a_pause_that_the_law_does_not_know_is_refused(case, clock, ground, first, field):
    with pytest.raises(Invalid) as refused:
        ask_for_pause(
            actor=make.handler_of(case), clock=clock, ground=ground, first_date=date.fromisoformat(first),
            reason="评审", key=make.key(), now=on("2025-04-08"),
        )  # fmt: skip
    assert refused.value.field == field


def test_other_periods_of_the_case_never_stand_still(case, clock):
    clock.rule_key = "legal_review"
    clock.save()
    with pytest.raises(Invalid, match="does not stand still"):
        pause(clock, make.handler_of(case), date(2025, 4, 7), on("2025-04-08"))


@pytest.mark.parametrize("last", ["2025-04-06", "2025-04-19"])
def test_a_pause_ends_between_its_first_day_and_today(case, clock, last):
    handler = make.handler_of(case)
    request = pause(clock, handler, date(2025, 4, 7), on("2025-04-08"))
    answer(request, make.account(case.bureau, "leader"), now=on("2025-04-08"))
    with pytest.raises(Invalid) as refused:
        end_pause(
            actor=handler,
            clock=clock,
            last_date=date.fromisoformat(last),
            key=make.key(),
            now=on("2025-04-18"),
        )
    assert refused.value.field == "last_date"
