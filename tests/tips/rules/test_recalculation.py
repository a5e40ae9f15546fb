"""A confirmed amount that changes: nobody is paid twice, the budget balances, a repeated outcome changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from casework.rules.money import ZERO, Money, total
from tips.rules.budget import MAY_BE_NEGATIVE, WAYS, Move, Pot, Short, after, lines_of
from tips.rules.recalculation import (
    HELD,
    AlreadyOrdered,
    Recalculation,
    Standing,
    pays_rises,
    recalculate,
)
from tips.rules.reward import quote

DAY = date(2025, 7, 3)
FULL = 10**12
# What happens between two outcomes; a return may be of any part that was paid.
STEPS = (Move.OWE, Move.ORDER, Move.TAKE_BACK, Move.PAY, Move.BOUNCE, Move.RETURN, Move.OWE_AGAIN)
bases = st.one_of(st.just(0), st.integers(1, 30_000_000), st.integers(1, 3_000_000_000)).map(Money.from_fen)
outcomes = bases.map(lambda base: quote("sichuan", base, received=DAY).amount)
steps = st.tuples(st.integers(0, len(STEPS) - 1), st.just(FULL) | st.integers(1, 20_000_000))
walks = st.lists(st.one_of(outcomes, steps, steps), min_size=8, max_size=30)


@dataclass
class Walk:
    """One reward in a budget; a step is taken with as much as lies there."""

    rises_are_paid: bool
    balances: dict[Pot, Money]
    approved: Money = ZERO
    amount: Money = ZERO
    most_due: Money = ZERO
    paid_out: list[Money] = field(default_factory=list)
    came_back: list[Money] = field(default_factory=list)

    @property
    def standing(self) -> Standing:
        held = {pot: self.balances.get(pot, ZERO) for pot in (*HELD, Pot.ORDERED)}
        return Standing(self.approved, self.balances.get(Pot.PAID, ZERO), held)

    def set(self, amount: Money) -> Recalculation | None:
        """Record an outcome, wholly or not at all."""
        try:
            found = recalculate(self.standing, amount, rises_are_paid=self.rises_are_paid)
            self.balances = booked(self.balances, found.moves)
        except (AlreadyOrdered, Short) as refused:
            event(type(refused).__name__)
            return None
        self.approved, self.amount = found.approved, amount
        self.most_due = max(self.most_due, amount)
        return found

    def step(self, choice: int, wanted: int) -> None:
        """Take one of the steps for which money lies ready; an order sets the amount against what was paid first."""
        ready = [move for move in STEPS if self.balances.get(WAYS[move][0], ZERO)]
        if not ready:
            return
        move = ready[choice % len(ready)]
        if move is Move.ORDER and not self.set(self.amount):
            return
        source, _target = WAYS[move]
        amount = min(Money.from_fen(wanted), self.balances.get(source, ZERO))
        if not amount:
            return
        self.balances = booked(self.balances, [(move, amount)])
        event(move.value)
        if move is Move.PAY:
            self.paid_out.append(amount)
        if move is Move.RETURN:
            self.came_back.append(amount)


def booked(balances: dict[Pot, Money], moves: Sequence[tuple[Move, Money]]) -> dict[Pot, Money]:
    for move, amount in moves:
        balances = after(balances, lines_of(move, amount))
    return balances


@settings(max_examples=5_000, deadline=None)
@given(walks, st.booleans(), st.integers(1_000_000, 100_000_000).map(Money.from_fen))
def test_whatever_happens_no_fen_is_paid_twice_and_the_budget_balances(
    walk: list[Money | tuple[int, int]], rises_are_paid: bool, granted: Money
) -> None:
    one = Walk(rises_are_paid, booked({}, [(Move.GRANT, granted)]))
    for what in walk:
        if isinstance(what, Money):
            found = one.set(what)
            if found:
                assert one.standing.waiting == found.due
                again = recalculate(one.standing, what, rises_are_paid=rises_are_paid)
                assert (again.moves, again.due, again.approved) == ((), found.due, found.approved)
                assert (again.overpaid, again.not_paid) == (found.overpaid, found.not_paid)
        else:
            one.step(*what)

        net = total(one.paid_out) - total(one.came_back)
        assert net == one.standing.paid
        assert ZERO <= net <= one.most_due
        assert net + one.balances.get(Pot.ORDERED, ZERO) <= one.approved
        assert total(one.balances.values()) == ZERO
        assert all(held >= ZERO for pot, held in one.balances.items() if pot not in MAY_BE_NEGATIVE)
        assert total(held for pot, held in one.balances.items() if pot is not Pot.APPROPRIATION) == granted


amounts = st.integers(0, 20_000_000).map(Money.from_fen)


@settings(max_examples=3_000, deadline=None)
@given(amounts, st.data(), st.booleans())
def test_what_was_paid_and_what_is_due_make_the_new_amount_or_the_difference_is_named(
    approved: Money, data: st.DataObject, rises_are_paid: bool
) -> None:
    paid = data.draw(st.integers(0, approved.fen).map(Money.from_fen))
    held = {data.draw(st.sampled_from(HELD)): approved - paid}
    amount = data.draw(amounts)

    found = recalculate(Standing(approved, paid, held), amount, rises_are_paid=rises_are_paid)

    assert paid + found.due - found.overpaid + found.not_paid == amount
    assert min(found.due, found.overpaid, found.not_paid) >= ZERO
    assert not (found.due and found.overpaid)
    assert not found.not_paid or (paid and amount > approved and not rises_are_paid)


def recalculated(approved: str, paid: str, held: dict[Pot, str], amount: str, **rule: bool) -> Recalculation:
    standing = Standing(
        Money.yuan(approved), Money.yuan(paid), {pot: Money.yuan(part) for pot, part in held.items()}
    )
    return recalculate(standing, Money.yuan(amount), rises_are_paid=rule.get("rises_are_paid", False))


@pytest.mark.parametrize(
    ("held", "amount", "moves"),
    [
        ({Pot.RESERVED: "5750"}, "2000", [(Move.RELEASE, "3750")]),
        ({Pot.RESERVED: "5750"}, "5750", []),
        ({Pot.RESERVED: "5750"}, "0", [(Move.RELEASE, "5750")]),
        ({Pot.RESERVED: "5750"}, "6000", [(Move.RESERVE, "250")]),
        ({Pot.PAYABLE: "5750"}, "2000", [(Move.NO_LONGER_OWE, "3750"), (Move.RELEASE, "3750")]),
        ({Pot.PAYABLE: "5750"}, "6000", [(Move.RESERVE, "250"), (Move.OWE, "250")]),
        ({Pot.RETURNED: "5750"}, "2000", [(Move.GIVE_UP_RETURNED, "3750")]),
        (
            {Pot.RETURNED: "5750"},
            "6000",
            [(Move.RESERVE, "250"), (Move.OWE_AGAIN, "5750"), (Move.NO_LONGER_OWE, "5750")],
        ),
    ],
)
def test_before_the_payment_the_money_follows_the_amount(
    held: dict[Pot, str], amount: str, moves: list[tuple[Move, str]]
) -> None:
    found = recalculated("5750", "0", held, amount)

    assert list(found.moves) == [(move, Money.yuan(part)) for move, part in moves]
    assert found.due == found.approved == Money.yuan(amount)
    assert (found.overpaid, found.not_paid) == (ZERO, ZERO)


def test_after_the_payment_a_fall_is_recorded_and_nothing_moves() -> None:
    found = recalculated("5750", "5750", {}, "2000")

    assert (found.due, found.overpaid, found.moves) == (ZERO, Money.yuan(3750), ())


def test_after_the_payment_a_rise_is_paid_only_where_the_bureau_says_so() -> None:
    usual = recalculated("5750", "5750", {}, "6000")
    where_paid = recalculated("5750", "5750", {}, "6000", rises_are_paid=True)

    assert (usual.due, usual.not_paid, usual.moves) == (ZERO, Money.yuan(250), ())
    assert (where_paid.due, where_paid.not_paid) == (Money.yuan(250), ZERO)
    assert where_paid.moves == ((Move.RESERVE, Money.yuan(250)),)
    assert pays_rises(on=DAY) is False


def test_a_later_tipster_of_a_joint_report_gets_back_what_a_fall_had_taken() -> None:
    fallen = recalculated("1000", "600", {Pot.PAYABLE: "400"}, "500")
    restored = recalculated("1000", "600", {}, "1000")

    assert (fallen.due, fallen.overpaid, fallen.approved) == (ZERO, Money.yuan(100), Money.yuan(1000))
    assert (restored.due, restored.overpaid, restored.not_paid) == (Money.yuan(400), ZERO, ZERO)


def test_nothing_changes_while_a_payment_is_on_its_way() -> None:
    with pytest.raises(AlreadyOrdered):
        recalculated("5750", "0", {Pot.ORDERED: "5750"}, "2000")


def test_less_than_nothing_is_neither_paid_nor_due() -> None:
    with pytest.raises(ValueError, match="never below zero"):
        recalculated("5750", "-1", {}, "2000")
    with pytest.raises(ValueError, match="never below zero"):
        recalculated("5750", "0", {}, "-1")
