"""A tipster may give the reward up at any time before it is ordered to be paid; reserved money goes back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from casework.models import Account
from tests.factories.tips import a_real_name_filing
from tests.tips.rewarding import (
    DECIDED,
    ELIGIBLE,
    PAYEE,
    a_paid_case,
    opened,
    to_confirmed,
    to_notice,
    work,
)
from tips.errors import RewardNotOpen
from tips.models import Reward, RewardBudget
from tips.rewards.budget_figures import figures_of
from tips.rewards.standing import has_money
from tips.rewards.status import reward_of
from tips.services.claim_reward import claim_reward, give_up_reward
from tips.words import Identity, Payee
from workflows.models import Clock, WorkItem

pytestmark = pytest.mark.usefixtures("models")
People = dict[str, Account]
Way = Callable[[People, Reward], None]


def assessed(people: People, reward: Reward) -> None:
    work(people, reward, "reward_officer", "assess_reward", ELIGIBLE)


def approved_once(people: People, reward: Reward) -> None:
    assessed(people, reward)
    work(people, reward, "leader", "approve_reward", {"approval": "approved"})


def claimed(people: People, reward: Reward) -> None:
    to_notice(people, reward)
    claim_reward(reward, Payee(**PAYEE), key="c", now=DECIDED)


def confirmed(people: People, reward: Reward) -> None:
    to_notice(people, reward)
    to_confirmed(people, reward)


def sent_back_by_finance(people: People, reward: Reward) -> None:
    confirmed(people, reward)
    work(people, reward, "finance", "order_payment", {})
    refused = {"release": "send_back", "reasons": "账号有误"}
    work(people, reward, "finance_b", "release_payment", refused)


STAGES: dict[str, Way] = {
    "assessment": lambda people, reward: None,
    "approval": assessed,
    "second approval": approved_once,
    "notice": to_notice,
    "claimed": claimed,
    "confirmed": confirmed,
    "sent back by finance": sent_back_by_finance,
}


def a_reward(people: People, *, by_post: bool = False) -> Reward:
    identity = Identity(name="周举报", address="云河市柳荫街7号") if by_post else None
    filing = a_real_name_filing(identity=identity) if identity else a_real_name_filing()
    reward = opened(a_paid_case(people, filing).tip)
    assert reward is not None
    return Reward.objects.select_related("run", "tip").get(pk=reward.pk)


@pytest.mark.parametrize("stage", STAGES)
def test_it_can_be_given_up_until_the_payment_is_ordered(people: People, stage: str) -> None:
    reward = a_reward(people, by_post=stage == "notice")
    budget = RewardBudget.objects.get()
    free = figures_of(budget).free
    STAGES[stage](people, reward)
    seen = reward_of(reward.tip)
    assert seen is not None and seen.can_give_up

    give_up_reward(reward, key="g", now=DECIDED + timedelta(days=1))

    reward = Reward.objects.select_related("run").get(pk=reward.pk)
    assert reward.leading_run.status == "ended"
    assert reward.given_up_at == DECIDED + timedelta(days=1)
    assert not WorkItem.objects.filter(run=reward.run_id, status="open").exists()
    assert not Clock.objects.filter(run=reward.run_id, ended_at=None).exists()
    assert not has_money(reward)
    assert figures_of(budget).free == free
    with pytest.raises(RewardNotOpen):
        give_up_reward(reward, key="g2", now=DECIDED)


def test_what_lies_with_the_bank_cannot_be_given_up(people: People) -> None:
    reward = a_reward(people)
    confirmed(people, reward)
    work(people, reward, "finance", "order_payment", {})
    with pytest.raises(RewardNotOpen):
        give_up_reward(reward, key="g", now=DECIDED)
    work(people, reward, "finance_b", "release_payment", {"release": "released"})
    with pytest.raises(RewardNotOpen):
        give_up_reward(reward, key="g2", now=DECIDED)
    seen = reward_of(reward.tip)
    assert seen is not None and not seen.can_give_up
