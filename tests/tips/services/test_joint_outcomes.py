"""A review or suit changes a reward of several people: who was paid keeps it, the others share what is due."""

from decimal import Decimal

from casework.models import Account
from casework.selectors import balances
from tests.tips.joining import claimed, joint, payee
from tests.tips.outcomes import LATER, confirmed
from tests.tips.rewarding import PAID as ANSWER
from tests.tips.rewarding import RETURNED, to_bank, work
from tests.tips.services.test_joint_payment import ALL
from tests.tips.working import open_item
from tips.coming_back.steps.reward import PAID
from tips.models import PaymentLine, Payout, Reward
from tips.purging.obstacles import unpaid
from tips.rewards.parts import joint_parts, open_parts
from tips.rewards.status import reward_step
from tips.services.claim_reward import claim_reward

BASE_OF_5000 = "300000.00"


def amounts(reward: Reward) -> dict[int, str]:
    return {person: str(part.amount) for person, part in joint_parts(reward).items()}


def returned(people: dict[str, Account], *numbers: int) -> Reward:
    """Three were ordered; the bank returned those of the numbers and paid the others."""
    reward = claimed(people)
    work(people, reward, "identity_officer", "confirm_identity", ALL)
    to_bank(people, reward)
    for line in PaymentLine.objects.filter(reward=reward).order_by("position"):
        answer = RETURNED if line.person in numbers else {**ANSWER, "voucher": f"V{line.person}"}
        choice = {"line": line.pk} if line.person < 3 else {}
        work(people, reward, "finance", "pay_reward", {**answer, **choice})
    reward.refresh_from_db()
    return reward


def test_before_the_claim_every_part_follows(people: dict[str, Account]) -> None:
    reward, _code = joint(people)

    confirmed(people, reward, "100000.00")

    assert amounts(reward) == {1: "1000.00", 2: "600.00", 3: "400.00"}


def test_after_some_were_paid_the_others_share_what_is_still_due(people: dict[str, Account]) -> None:
    reward = returned(people, 2, 3)
    assert amounts(reward) == {2: "1725.00", 3: "1150.00"}

    confirmed(people, reward, BASE_OF_5000)

    due = reward.recalculations.get().due
    shares = {2: due * 3 / 5, 3: due * 2 / 5}
    assert {person: Decimal(part) for person, part in amounts(reward).items()} == shares
    claim_reward(reward, {number: payee(number) for number in (2, 3)}, key="k2", now=LATER)
    both = {"identity_2": "confirmed", "identity_3": "confirmed"}
    work(people, reward, "identity_officer", "confirm_identity", both)
    to_bank(people, reward)
    second = PaymentLine.objects.filter(state="released").order_by("position")
    assert {line.person: line.amount for line in second} == shares
    assert list(unpaid(reward.tip))
    for line in list(second):
        choice = {"line": line.pk} if line.person == 2 else {}
        work(people, reward, "finance", "pay_reward", {**ANSWER, "voucher": f"W{line.person}", **choice})

    found = {one.person: one.amount for one in Payout.objects.filter(reward=reward)}
    assert found == {1: Decimal("2875.00"), **shares}
    reward.refresh_from_db()
    assert reward_step(reward) is PAID
    assert list(unpaid(reward.tip)) == []
    ledger = balances(("reward", reward.pk))
    assert ledger["reward", "paid"] == sum(found.values())
    assert {amount for (_, code), amount in ledger.items() if code not in ("paid", "available")} == {0}


def test_where_nothing_is_left_for_the_others_the_reward_ends_as_paid(people: dict[str, Account]) -> None:
    reward = returned(people, 2)

    confirmed(people, reward, "100000.00")

    reward.refresh_from_db()
    assert open_parts(reward) == {}
    assert (reward.leading_run.status, reward_step(reward)) == ("cancelled", PAID)
    ledger = balances(("reward", reward.pk))
    assert (ledger["reward", "paid"], ledger["reward", "returned"]) == (Decimal("4025.00"), 0)


def test_a_rise_after_a_payment_leaves_the_open_parts_as_they_were(people: dict[str, Account]) -> None:
    reward = returned(people, 2)

    confirmed(people, reward, "450000.00")

    assert amounts(reward) == {2: "1725.00"}
    claim_reward(reward, {2: payee(2)}, key="k2", now=LATER)
    assert open_item(reward.leading_run, "confirm_identity")
