"""One set of words for a reward, for tipsters and officers, at a fixed number of statements."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tips.rewarding import (
    DECIDED,
    PAID,
    RETURNED,
    a_paid_case,
    opened,
    to_bank,
    to_confirmed,
    to_notice,
    work,
)
from tips.coming_back.steps.reward import ANOTHER_ACCOUNT, ASSESSED, CHECKED, GIVEN_UP, TO_CLAIM
from tips.coming_back.steps.reward import PAID as PAID_STEP
from tips.models import Reward
from tips.rewards.status import reward_of, reward_step, reward_steps
from tips.services.claim_reward import give_up_reward
from workflows.background.relay import drain

pytestmark = pytest.mark.usefixtures("models")


def fresh(reward: Reward) -> Reward:
    return Reward.objects.select_related("run", "tip").get(pk=reward.pk)


def test_the_words_follow_the_run_and_a_returned_payment_asks_for_another_account(people: Any) -> None:
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    seen = [reward_step(fresh(reward))]
    to_notice(people, reward)
    seen.append(reward_step(fresh(reward)))
    to_confirmed(people, reward)
    seen.append(reward_step(fresh(reward)))
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", RETURNED)
    drain(DECIDED)
    told = reward_of(reward.tip)

    assert told is not None
    assert [*seen, told.step] == [ASSESSED, TO_CLAIM, CHECKED, ANOTHER_ACCOUNT]
    assert told.can_claim
    to_confirmed(people, reward)
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", PAID)
    assert reward_step(fresh(reward)) is PAID_STEP


def test_a_reward_that_was_given_up_says_so(people: Any) -> None:
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    to_notice(people, reward)
    give_up_reward(reward, key="g", now=DECIDED)

    assert reward_step(fresh(reward)) is GIVEN_UP


def test_a_list_of_rewards_costs_the_same_for_one_and_for_three(people: Any) -> None:
    for _ in range(3):
        assert opened(a_paid_case(people).tip)
    rewards = list(Reward.objects.select_related("run"))

    counts = []
    for some in (rewards[:1], rewards):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            reward_steps(some)
        counts.append(len(asked))

    assert counts[0] == counts[1]
