"""A rise after the payment, where the bureau pays rises: a round of its own, approved, claimed and paid once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.tips.outcomes import LATER, a_reward, confirmed, decided, entered, figures, held, told
from tests.tips.rewarding import ELIGIBLE, PAID, to_bank, to_confirmed, to_notice, work
from tests.tips.working import do
from tips.coming_back.steps.reward import PAID as PAID_STEP
from tips.rewards.status import reward_step
from tips.services import recalculate_reward
from workflows.background.relay import drain

pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture
def reward(people):  # type: ignore[no-untyped-def]
    return a_reward(people)


def topped_up(people, reward, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Paid, then risen, where the bureau pays rises."""
    monkeypatch.setattr(recalculate_reward, "pays_rises", lambda **where: True)
    to_notice(people, reward)
    to_confirmed(people, reward)
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", PAID)
    confirmed(people, reward, "450000.00")


def again(people, reward, who: str, what: str, data) -> None:  # type: ignore[no-untyped-def]
    do(people[who], reward.run, what, data, LATER + timedelta(hours=1))


def test_where_the_bureau_pays_rises_the_difference_is_approved_claimed_and_paid_once(
    people, reward, monkeypatch
) -> None:
    topped_up(people, reward, monkeypatch)
    assert (figures(reward).due, figures(reward).not_paid, reward.round) == (Decimal("1500.00"), 0, 2)
    assert held() == {"paid": "5750.00", "available": "494250.00"}

    again(people, reward, "reward_officer", "assess_reward", ELIGIBLE)
    again(people, reward, "leader", "approve_reward", {"approval": "approved"})
    again(people, reward, "chief", "approve_reward_again", {"approval": "approved"})
    assert held() == {"reserved": "1500.00", "paid": "5750.00", "available": "492750.00"}
    reward.refresh_from_db()
    assert "A reward of ¥1,500.00 has been approved" in told(reward)[-1]

    to_confirmed(people, reward)
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", {**PAID, "voucher": "V2"})
    assert [str(one.amount) for one in reward.payouts.all()] == ["5750.00", "1500.00"]
    assert held() == {"paid": "7250.00", "available": "492750.00"}
    assert any("¥1,500.00 was paid" in one for one in told(reward))
    reward.refresh_from_db()
    assert reward_step(reward) is PAID_STEP


def test_a_rise_that_falls_again_before_it_was_approved_is_not_paid(people, reward, monkeypatch) -> None:
    topped_up(people, reward, monkeypatch)
    outcome = entered(people, reward, "350000.00")
    decided(people, reward, outcome)
    assert figures(reward).amount is None

    assert (reward.round, reward.leading_run.status, reward_step(reward)) == (1, "cancelled", PAID_STEP)
    assert (reward.amount, reward.is_eligible) == (Decimal("5750.00"), True)
    assert held() == {"paid": "5750.00", "available": "494250.00"}
    confirmed(people, reward, "450000.00")
    assert (reward.round, figures(reward).due) == (2, Decimal("1500.00")), "a later rise is paid as any"


def test_what_lapsed_is_not_promised_again_by_a_later_rise(people, reward, monkeypatch) -> None:
    topped_up(people, reward, monkeypatch)
    again(people, reward, "reward_officer", "assess_reward", ELIGIBLE)
    again(people, reward, "leader", "approve_reward", {"approval": "approved"})
    again(people, reward, "chief", "approve_reward_again", {"approval": "approved"})
    drain(LATER + timedelta(days=90))

    confirmed(people, reward, "450000.00")

    reward.refresh_from_db()
    assert (reward.round, figures(reward).not_paid) == (2, Decimal("1500.00"))
    assert held() == {"paid": "5750.00", "available": "494250.00"}


def test_a_rise_that_nobody_claims_goes_back_to_the_budget(people, reward, monkeypatch) -> None:
    topped_up(people, reward, monkeypatch)
    again(people, reward, "reward_officer", "assess_reward", ELIGIBLE)
    again(people, reward, "leader", "approve_reward", {"approval": "approved"})
    again(people, reward, "chief", "approve_reward_again", {"approval": "approved"})
    drain(LATER + timedelta(days=90))

    assert held() == {"paid": "5750.00", "available": "494250.00"}
    reward.refresh_from_db()
    assert reward.lapsed_at is not None
    assert told(reward)[-1] == "The reward was not claimed within 2 months and counts as given up."
