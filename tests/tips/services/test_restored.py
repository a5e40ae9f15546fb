"""A later outcome brings back what an earlier one took: in a round of its own, to each the own part, once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from casework.models import Account
from casework.selectors import balances
from tests.tips.joining import payee
from tests.tips.outcomes import FIRST, LATER, a_reward, confirmed, figures, held
from tests.tips.rewarding import ELIGIBLE, PAID, RETURNED, to_bank, to_confirmed, to_notice, work
from tests.tips.services.test_joint_outcomes import amounts, returned
from tests.tips.working import do
from tips.coming_back.steps.reward import PAID as PAID_STEP
from tips.models import PaymentLine, Payout, Reward
from tips.rewards.rounds import begin_rests
from tips.rewards.status import reward_step
from tips.services import recalculate_reward
from tips.services.claim_reward import claim_reward
from workflows.background.relay import drain

pytestmark = pytest.mark.usefixtures("models")
APPROVED = {"approval": "approved"}


def approve(people: dict[str, Account], reward: Reward) -> None:
    reward.refresh_from_db()
    do(people["reward_officer"], reward.leading_run, "assess_reward", ELIGIBLE, LATER)
    do(people["leader"], reward.leading_run, "approve_reward", APPROVED, LATER)
    do(people["chief"], reward.leading_run, "approve_reward_again", APPROVED, LATER)
    reward.refresh_from_db()


def pay_all(people: dict[str, Account], reward: Reward, *numbers: int, prefix: str) -> None:
    """Claimed, confirmed and paid to the persons of the numbers."""
    claim_reward(reward, {number: payee(number) for number in numbers}, key=prefix, now=LATER)
    confirmed_all = {f"identity_{number}": "confirmed" for number in numbers}
    work(people, reward, "identity_officer", "confirm_identity", confirmed_all)
    to_bank(people, reward)
    for line in PaymentLine.objects.filter(reward=reward, state="released").order_by("position"):
        answer = {**PAID, "voucher": f"{prefix}{line.person}", "line": line.pk}
        work(people, reward, "finance", "pay_reward", answer)
    begin_rests(LATER)
    reward.refresh_from_db()


def paid(reward: Reward) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for one in Payout.objects.filter(reward=reward):
        found[one.person] = found.get(one.person, Decimal(0)) + one.amount
    return found


def nothing_is_left_lying(reward: Reward) -> bool:
    ledger = balances(("reward", reward.pk))
    return {amount for (_, code), amount in ledger.items() if code not in ("paid", "available")} <= {0}


def test_a_decision_that_was_revoked_and_restored_is_rewarded(people: dict[str, Account]) -> None:
    reward = a_reward(people)
    to_notice(people, reward)
    confirmed(people, reward, None)
    assert held() == {"available": "500000.00"}

    confirmed(people, reward, FIRST)

    assert (reward.round, figures(reward).due) == (2, Decimal("5750.00"))
    assert held() == {"available": "500000.00"}, "reserved when it is approved again"
    approve(people, reward)
    to_confirmed(people, reward)
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", PAID)
    assert held() == {"paid": "5750.00", "available": "494250.00"}
    reward.refresh_from_db()
    assert reward_step(reward) is PAID_STEP


def test_what_a_fall_took_from_the_others_comes_back_to_them_alone(people: dict[str, Account]) -> None:
    reward = returned(people, 2)
    confirmed(people, reward, "100000.00")
    assert reward_step(reward) is PAID_STEP

    confirmed(people, reward, FIRST)

    assert (reward.round, figures(reward).due) == (2, Decimal("1725.00"))
    approve(people, reward)
    assert amounts(reward) == {2: "1725.00"}
    pay_all(people, reward, 2, prefix="again")
    assert paid(reward) == {1: Decimal("2875.00"), 2: Decimal("1725.00"), 3: Decimal("1150.00")}
    assert nothing_is_left_lying(reward)


def test_whoever_was_paid_by_the_lower_amount_has_the_rest_in_a_round_of_its_own(
    people: dict[str, Account],
) -> None:
    reward = returned(people, 2, 3)
    confirmed(people, reward, "300000.00")  # 5,000: 1,275 and 850 for the two who wait
    claim_reward(reward, {2: payee(2), 3: payee(3)}, key="k2", now=LATER)
    both = {"identity_2": "confirmed", "identity_3": "confirmed"}
    work(people, reward, "identity_officer", "confirm_identity", both)
    to_bank(people, reward)
    two, three = PaymentLine.objects.filter(state="released").order_by("position")
    work(people, reward, "finance", "pay_reward", {**PAID, "voucher": "W2", "line": two.pk})
    work(people, reward, "finance", "pay_reward", {**RETURNED, "line": three.pk})

    confirmed(people, reward, FIRST)
    pay_all(people, reward, 3, prefix="third")

    assert (reward.round, reward.leading_run.status) == (2, "running")
    assert nothing_is_left_lying(reward)
    approve(people, reward)
    assert amounts(reward) == {2: "450.00"}
    pay_all(people, reward, 2, prefix="rest")
    assert paid(reward) == {1: Decimal("2875.00"), 2: Decimal("1725.00"), 3: Decimal("1150.00")}
    assert nothing_is_left_lying(reward)
    assert reward_step(reward) is PAID_STEP


def test_a_rise_while_some_wait_reaches_those_who_were_paid_too(
    people: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalculate_reward, "pays_rises", lambda **where: True)
    reward = returned(people, 2)

    confirmed(people, reward, "450000.00")  # 7,250: 3,625, 2,175 and 1,450
    assert amounts(reward) == {2: "2175.00"}
    pay_all(people, reward, 2, prefix="two")
    approve(people, reward)

    assert amounts(reward) == {1: "750.00", 3: "300.00"}
    pay_all(people, reward, 1, 3, prefix="rest")
    assert paid(reward) == {1: Decimal("3625.00"), 2: Decimal("2175.00"), 3: Decimal("1450.00")}
    assert nothing_is_left_lying(reward)


def test_where_one_part_lapsed_a_rise_is_noted_and_not_paid(
    people: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalculate_reward, "pays_rises", lambda **where: True)
    reward = returned(people, 2)

    drain(LATER + timedelta(days=120))
    reward.refresh_from_db()
    assert reward.lapsed_at is not None

    confirmed(people, reward, "450000.00")

    assert (reward.round, figures(reward).due) == (1, Decimal("0.00"))
    assert paid(reward) == {1: Decimal("2875.00"), 3: Decimal("1150.00")}
