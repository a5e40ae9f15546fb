"""Whatever is decided, ordered, paid and sent back: the ledger balances and nothing is paid twice."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from casework.models import Account, LedgerEntry
from casework.rules.money import ZERO, Money, total
from tests.tips.outcomes import LATER, a_reward, confirmed, decided
from tests.tips.rewarding import ELIGIBLE, PAID, PAYEE, RETURNED, to_notice
from tests.tips.working import do, staff
from tips.models import CaseOutcome, Payout, Reward, RewardBudget
from tips.rewards.standing import ended_by_outcome, is_assessed_anew, standing_of
from tips.rules.budget import MAY_BE_NEGATIVE, Pot
from tips.rules.recalculation import HELD
from tips.services import recalculate_reward
from tips.services.book_budget import balances_of
from tips.services.claim_reward import claim_reward
from tips.words import Payee
from workflows.errors import Refusal
from workflows.models import WorkItem

BASES = (None, "8000.00", "100000.00", "350000.00", "350000.01", "450000.00")
Step = Callable[[Mapping[str, Account], Reward], object]


def claims(people: Mapping[str, Account], reward: Reward) -> None:
    claim_reward(reward, Payee(**PAYEE), key=str(uuid4()), now=LATER)
    does(people, reward, "identity_officer", "confirm_identity", {"identity": "confirmed"})


def does(people: Mapping[str, Account], reward: Reward, who: str, what: str, data: Mapping[str, str]) -> None:
    do(people[who], reward.leading_run, what, {**data, "voucher": uuid4().hex}, LATER)


def approves(people: Mapping[str, Account], reward: Reward) -> None:
    does(people, reward, "reward_officer", "assess_reward", ELIGIBLE)
    does(people, reward, "leader", "approve_reward", {"approval": "approved"})
    does(people, reward, "chief", "approve_reward_again", {"approval": "approved"})


STEPS: dict[str, Step] = {
    "approves": approves,
    "claims": claims,
    "orders": lambda people, reward: does(people, reward, "finance", "order_payment", {}),
    "releases": lambda people, reward: does(
        people, reward, "finance_b", "release_payment", {"release": "released"}
    ),
    "sends back": lambda people, reward: does(
        people, reward, "finance_b", "release_payment", {"release": "send_back", "reasons": "核对"}
    ),
    "pays": lambda people, reward: does(people, reward, "finance", "pay_reward", PAID),
    "returns": lambda people, reward: does(people, reward, "finance", "pay_reward", RETURNED),
}
# On the way to the bank and back again, with outcomes between any two of them.
way = st.lists(st.sampled_from(BASES) | st.sampled_from([*STEPS, *STEPS, *STEPS]), min_size=6, max_size=16)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(way, st.booleans())
def test_the_ledger_balances_and_nothing_is_paid_twice(
    models: None, way: list[str | None], rises_are_paid: bool
) -> None:
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block, pytest.MonkeyPatch.context() as bureau:
        bureau.setattr(recalculate_reward, "pays_rises", lambda **where: rises_are_paid)
        people = staff()
        reward = a_reward(people)
        to_notice(people, reward)
        for what in way:
            with suppress(WorkItem.DoesNotExist):
                try:
                    if what in STEPS:
                        STEPS[what](people, reward)
                    else:
                        confirmed(people, reward, what)
                        event("outcome")
                    event(str(what))
                except Refusal as refusal:
                    event(refusal.code)
                    undo_what_waits(people, reward)
            reward.refresh_from_db()
            holds(reward)
        transaction.set_rollback(True)


def undo_what_waits(people: Mapping[str, Account], reward: Reward) -> None:
    """Refuse an outcome that could not be confirmed now, so that the walk goes on."""
    for outcome in CaseOutcome.objects.filter(decision=None):
        decided(people, reward, outcome, is_confirmed=False, reasons="付款在途")


def holds(reward: Reward) -> None:
    found = balances_of(RewardBudget.objects.get())
    assert total(found.values()) == ZERO
    assert all(money >= ZERO for pot, money in found.items() if pot not in MAY_BE_NEGATIVE)
    assert not LedgerEntry.objects.annotate(sum=Sum("lines__amount")).exclude(sum=0).exists()
    paid = [Money(one.amount) for one in Payout.objects.all()]
    assert total(paid) == found.get(Pot.PAID, ZERO)
    assert len(paid) <= reward.round
    assert reward.round == 1 or total(paid) <= Money.yuan(7250)
    standing = standing_of(reward)
    assert standing.paid + standing.held[Pot.ORDERED] <= standing.approved
    last = reward.recalculations.last()
    if (
        not is_assessed_anew(reward)
        and ended_by_outcome(reward) is None
        and not reward.payment_lines.filter(state__in=["ordered", "released"]).exists()
    ):
        waiting = total(found.get(pot, ZERO) for pot in HELD)
        assert waiting == standing.approved - standing.paid
        assert last is None or last.due is None or paid or waiting == Money(last.due)
