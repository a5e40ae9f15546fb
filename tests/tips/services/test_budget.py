"""The reward budget: entered by one, approved by another, reserved by the second approval, released again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.errors import NotFound
from casework.models import LedgerEntry, LedgerLine
from casework.rules.money import ZERO, Money, total
from tests.factories.tips import RECEIVED, a_bureau
from tests.tips.budgeting import change_budget
from tests.tips.rewarding import DECIDED, ELIGIBLE, PAYEE, a_paid_case, opened, to_notice, work
from tips.errors import BudgetShort, BudgetUsed, OwnEntry, YearClosed
from tips.models import BudgetChange, Reward, RewardApproval, RewardBudget
from tips.rewards.budget_figures import figures_of
from tips.rules.budget import PROMISED, Move, Pot, Short
from tips.services.book_budget import balances_of, move_money, standing_year
from tips.services.carry_budget import carry_over
from tips.services.change_budget import decide_budget_change, enter_budget_change
from tips.services.claim_reward import claim_reward, give_up_reward
from tips.words import Payee
from workflows.background.relay import drain
from workflows.errors import AlreadyDone, Invalid

pytestmark = pytest.mark.usefixtures("models")
NEXT_YEAR = DECIDED.replace(year=DECIDED.year + 1, month=1, day=2)


def held(budget: RewardBudget | None = None) -> dict[Pot, Decimal]:
    """What lies where, without what is zero."""
    found = balances_of(budget or RewardBudget.objects.get(year=RECEIVED.year))
    return {pot: money.amount for pot, money in found.items() if money}


def an_entry(people, **changes):  # type: ignore[no-untyped-def]
    facts = {
        "actor": people["finance"],
        "bureau": a_bureau(),
        "year": RECEIVED.year,
        "amount": Decimal("1000.00"),
        "document_number": "云财预〔2024〕118号",
        "reasons": "年度预算。",
        "key": "enter",
        "now": RECEIVED,
    }
    return enter_budget_change(**{**facts, **changes})


def decided(people, change, by="chief", **changes):  # type: ignore[no-untyped-def]
    facts = {"is_approved": True, "reasons": "", "key": "decide", "now": RECEIVED}
    return decide_budget_change(actor=people[by], change=change, **{**facts, **changes})


def test_an_appropriation_counts_when_the_chief_has_approved_it(people) -> None:
    change = an_entry(people)
    assert held() == {}

    decided(people, change)

    assert held() == {Pot.APPROPRIATION: Decimal("-1000.00"), Pot.AVAILABLE: Decimal("1000.00")}


def test_whoever_is_not_finance_enters_nothing_and_whoever_is_not_the_chief_decides_nothing(people) -> None:
    for who in ("chief", "leader", "reward_officer"):
        with pytest.raises(NotFound):
            an_entry(people, actor=people[who])
    change = an_entry(people)
    for who in ("finance", "leader", "auditor"):
        with pytest.raises(NotFound):
            decided(people, change, by=who)


def test_a_chief_who_is_finance_too_does_not_approve_the_own_entry(people) -> None:
    from workflows.models import LaneMember

    LaneMember.objects.create(
        account=people["chief"], lane="finance", unit_id=a_bureau().pk, starts_at=RECEIVED.replace(year=2020)
    )
    change = an_entry(people, actor=people["chief"])

    with pytest.raises(OwnEntry):
        decided(people, change)


def test_a_change_is_decided_once_and_a_refusal_has_reasons(people) -> None:
    change = an_entry(people)
    with pytest.raises(Invalid):
        decided(people, change, is_approved=False)
    decided(people, change, is_approved=False, reasons="文号有误", key="no")

    with pytest.raises(AlreadyDone):
        decided(people, change, key="again")
    assert held() == {}


def test_an_amount_of_nothing_and_a_far_year_are_refused(people) -> None:
    for wrong in ({"amount": Decimal(0)}, {"year": RECEIVED.year + 2}, {"year": RECEIVED.year - 1}):
        with pytest.raises(Invalid):
            an_entry(people, **wrong)


def test_the_second_approval_reserves_the_whole_reward(people) -> None:
    reward = opened(a_paid_case(people).tip)
    to_notice(people, reward)

    assert held()[Pot.RESERVED] == Decimal("5750.00")
    assert held()[Pot.AVAILABLE] == Decimal("494250.00")


def test_an_approval_that_the_budget_does_not_cover_is_refused_with_both_figures(people) -> None:
    reward = opened(a_paid_case(people).tip)
    change_budget(people, reward.bureau, "-494250.01")
    work(people, reward, "reward_officer", "assess_reward", ELIGIBLE)
    work(people, reward, "leader", "approve_reward", {"approval": "approved"})

    with pytest.raises(BudgetShort) as refused:
        work(people, reward, "chief", "approve_reward_again", {"approval": "approved"})

    assert "¥5,749.99" in str(refused.value)
    assert "¥5,750.00" in str(refused.value)
    assert not RewardApproval.objects.filter(step=2).exists()
    change_budget(people, reward.bureau, "0.01")
    work(people, reward, "chief", "approve_reward_again", {"approval": "approved"})
    assert held()[Pot.RESERVED] == Decimal("5750.00")
    assert Pot.AVAILABLE not in held()


def test_a_cut_takes_nothing_that_is_promised(people) -> None:
    reward = opened(a_paid_case(people).tip)
    to_notice(people, reward)

    with pytest.raises(BudgetUsed):
        change_budget(people, reward.bureau, "-494250.01")
    change_budget(people, reward.bureau, "-494250.00")

    assert Pot.AVAILABLE not in held()


def test_what_is_given_up_lapses_or_is_refused_becomes_free_again(people) -> None:
    given_up, lapsed, refused = (opened(a_paid_case(people).tip) for _ in range(3))
    for reward in (given_up, lapsed, refused):
        to_notice(people, reward)
    assert held()[Pot.RESERVED] == 3 * Decimal("5750.00")

    give_up_reward(given_up, key="g", now=DECIDED)
    claim_reward(refused, Payee(**PAYEE), key="k", now=DECIDED)
    work(people, refused, "identity_officer", "confirm_identity", {"identity": "refused", "reasons": "不符"})
    drain(DECIDED + timedelta(days=75))

    assert held() == {Pot.APPROPRIATION: Decimal("-500000.00"), Pot.AVAILABLE: Decimal("500000.00")}


def test_the_year_end_carries_what_is_promised_and_leaves_what_is_free(people) -> None:
    reward = opened(a_paid_case(people).tip)
    to_notice(people, reward)
    old = RewardBudget.objects.get(year=DECIDED.year)
    assert carry_over(DECIDED) == 0

    assert [carry_over(NEXT_YEAR), carry_over(NEXT_YEAR)] == [1, 0]

    new = RewardBudget.objects.get(year=NEXT_YEAR.year)
    assert held(new) == {Pot.RESERVED: Decimal("5750.00"), Pot.CARRIED: Decimal("-5750.00")}
    assert Pot.RESERVED not in held(old)
    reward.refresh_from_db()
    assert standing_year(reward.held_in) == NEXT_YEAR.year
    give_up_reward(reward, key="g", now=NEXT_YEAR)
    assert held(new) == {Pot.AVAILABLE: Decimal("5750.00"), Pot.CARRIED: Decimal("-5750.00")}
    with pytest.raises(YearClosed):
        an_entry(people, key="late")


def test_a_year_shows_what_it_took_over_and_what_it_passed_on(people) -> None:
    reward = opened(a_paid_case(people).tip)
    to_notice(people, reward)
    carry_over(NEXT_YEAR)
    carry_over(NEXT_YEAR.replace(year=NEXT_YEAR.year + 1))

    years = [figures_of(budget) for budget in RewardBudget.objects.order_by("year")]

    moved = Money.yuan("5750.00")
    assert [(year.carried_in, year.carried_out) for year in years] == [
        (ZERO, moved), (moved, moved), (moved, ZERO),
    ]  # fmt: skip


MOVES = st.tuples(st.sampled_from(list(Move)), st.integers(1, 300_000))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MOVES, max_size=12))
def test_random_bookings_leave_a_balanced_ledger_that_is_never_negative(people, moves) -> None:
    budget = RewardBudget.objects.get_or_create(bureau=a_bureau(), year=RECEIVED.year)[0]
    with transaction.atomic():
        expected = ZERO
        for number, (move, fen) in enumerate([(Move.GRANT, 1_000_000), *moves]):
            try:
                move_money(
                    budget,
                    move,
                    Money.from_fen(fen).amount,
                    key=f"move:{number}",
                    subject=("budget", budget.pk),
                    text="x",
                    booked_by=None,
                    now=RECEIVED,
                )
            except Short:
                continue
            expected += {Move.GRANT: Money.from_fen(fen), Move.CUT: -Money.from_fen(fen)}.get(move, ZERO)
        found = balances_of(budget)
        assert total(found.values()) == ZERO
        assert all(money >= ZERO for pot, money in found.items() if pot != Pot.APPROPRIATION)
        assert -found[Pot.APPROPRIATION] == expected
        entries = LedgerEntry.objects.annotate(sum=Sum("lines__amount"))
        assert not entries.exclude(sum=0).exists()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_what_is_promised_is_the_sum_of_the_open_rewards(people) -> None:
    rewards = [opened(a_paid_case(people).tip) for _ in range(3)]
    for reward in rewards:
        to_notice(people, reward)
    claim_reward(rewards[0], Payee(**PAYEE), key="k", now=DECIDED)
    work(people, rewards[0], "identity_officer", "confirm_identity", {"identity": "confirmed"})
    give_up_reward(rewards[1], key="g", now=DECIDED)

    open_sum = Reward.objects.filter(budget__isnull=False, payouts=None).aggregate(sum=Sum("amount"))["sum"]
    assert sum(held().get(pot, Decimal(0)) for pot in PROMISED) == open_sum == Decimal("11500.00")
    assert LedgerLine.objects.filter(amount=0).count() == 0
    assert BudgetChange.objects.count() == 1
