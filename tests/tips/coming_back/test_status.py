"""What a tipster reads of the handling, on every way that it can take."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from casework.services.suspend_run import suspend
from tests.factories.tips import RECEIVED, a_tip
from tests.tips.rewarding import a_paid_case, opened, to_notice
from tests.tips.working import FILED, do, to_decision
from tips.coming_back.status import handling_step, status_of
from tips.coming_back.steps import STEPS, step_at
from tips.coming_back.steps.case import ELSEWHERE, INVESTIGATED, TO_DECIDE
from tips.coming_back.steps.reward import TO_CLAIM
from tips.coming_back.steps.tip import ANSWERED_SOON, PAUSED, WITHDRAWN
from tips.coming_back.steps.tip import RECEIVED as RECEIVED_STEP
from tips.models import Tip
from tips.rewards.status import reward_of
from tips.services.withdraw_tip import withdraw_tip

pytestmark = pytest.mark.usefixtures("models")


def fresh(tip: Tip) -> Tip:
    return Tip.objects.select_related("run", "case__run").get(pk=tip.pk)


def in_a_case(people: Any) -> Tip:
    tip = a_tip().tip
    to_decision(people, tip)
    do(people["leader"], tip.run, "decide_filing", FILED)
    do(people["intake"], tip.run, "answer_tipster", {"answer": "我局已立案。"})
    return fresh(tip)


def test_the_date_is_counted_in_the_unit_of_the_law_and_says_how() -> None:
    status = status_of(a_tip().tip, RECEIVED + timedelta(hours=1))

    assert status.word == RECEIVED_STEP.word
    assert status.clock is not None
    assert (status.clock.unit, status.clock.left) == ("working_day", 15)
    assert status.clock.article
    assert status.clock.counted


def test_a_decision_is_announced_before_it_is_answered(people: Any) -> None:
    tip = a_tip().tip
    to_decision(people, tip)
    do(people["leader"], tip.run, "decide_filing", FILED)

    assert handling_step(fresh(tip)) is ANSWERED_SOON


def test_the_case_is_told_coarsely_and_its_period_without_what_moved_it(people: Any) -> None:
    tip = in_a_case(people)

    with translation.override("en"):
        status = status_of(tip, RECEIVED)

        assert status.word == INVESTIGATED.word
        assert status.clock is not None
        assert len(status.clock.counted) == 2
        assert "90 calendar days" in str(status.clock.counted[0])


def test_a_suspended_case_rests(people: Any) -> None:
    tip = in_a_case(people)
    assert tip.case is not None
    suspend(
        actor=people["leader"],
        run=tip.case.run,
        ground="",
        reason="等待鉴定结论",
        key=str(uuid4()),
        now=RECEIVED,
    )

    assert handling_step(fresh(tip)) is PAUSED


def test_a_withdrawn_report_tells_nothing_more(people: Any) -> None:
    tip = in_a_case(people)
    withdraw_tip(tip, key="w", now=RECEIVED)

    status = status_of(fresh(tip), RECEIVED)

    assert status.word == WITHDRAWN.word
    assert status.clock is None
    assert handling_step(fresh(tip)) is INVESTIGATED


def test_what_lies_with_the_police_is_told_before_what_goes_on_beside_it() -> None:
    assert step_at("case_handling", {"report_transfer", "record_police_result"}) is ELSEWHERE
    assert step_at("case_handling", {"legal_review"}) is TO_DECIDE


def test_an_approved_reward_waits_to_be_claimed(people: Any) -> None:
    filed = a_paid_case(people)
    assert reward_of(filed.tip) is None
    reward = opened(filed.tip)
    assert reward is not None
    to_notice(people, reward)

    told = reward_of(filed.tip)
    assert told is not None
    assert (told.step, told.can_claim) == (TO_CLAIM, True)


def test_all_words_are_translated() -> None:
    with translation.override("zh-hans"):
        shown = {
            str(part)
            for table in STEPS.values()
            for step in table.values()
            for part in (step.word, step.explanation, step.next)
            if part
        }
    assert not [words for words in shown if words.isascii()]
