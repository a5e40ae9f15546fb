"""The accounts of a budget: balanced, never negative, whatever is tried in whatever order."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.money import ZERO, Money, total
from tips.rules.budget import MAY_BE_NEGATIVE, PROMISED, WAYS, Move, Pot, Short, after, lines_of

MOVES = st.tuples(st.sampled_from(list(Move)), st.integers(1, 40_000_000).map(Money.from_fen))


@settings(max_examples=4000, deadline=None)
@given(st.lists(MOVES, max_size=30))
def test_whatever_is_tried_the_year_balances_and_nothing_but_the_grant_is_negative(moves) -> None:  # type: ignore[no-untyped-def]
    balances: dict[Pot, Money] = {}
    granted = ZERO
    for move, amount in moves:
        try:
            balances = after(balances, lines_of(move, amount))
        except Short:
            continue
        granted += {Move.GRANT: amount, Move.CUT: -amount}.get(move, ZERO)

        assert total(balances.values()) == ZERO
        assert all(held >= ZERO for pot, held in balances.items() if pot not in MAY_BE_NEGATIVE)
        kept = (*PROMISED, Pot.AVAILABLE, Pot.PAID, Pot.RECLAIM)
        assert total(balances.get(pot, ZERO) for pot in kept) == granted


@settings(max_examples=2000, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_reward_is_reserved_exactly_when_the_budget_suffices(free: int, wanted: int) -> None:
    held = {Pot.AVAILABLE: Money.from_fen(free)}

    if wanted <= free:
        left = after(held, lines_of(Move.RESERVE, Money.from_fen(wanted)))
        assert left == {Pot.AVAILABLE: Money.from_fen(free - wanted), Pot.RESERVED: Money.from_fen(wanted)}
    else:
        with pytest.raises(Short):
            after(held, lines_of(Move.RESERVE, Money.from_fen(wanted)))


def test_every_move_takes_from_one_account_what_it_gives_to_another() -> None:
    for move in Move:
        source, target = WAYS[move]
        assert lines_of(move, Money.yuan("1.00")) == {source: Money.yuan("-1.00"), target: Money.yuan("1.00")}


def test_nothing_and_less_than_nothing_is_not_moved() -> None:
    for amount in ("0.00", "-1.00"):
        with pytest.raises(ValueError, match="above zero"):
            lines_of(Move.PAY, Money(Decimal(amount)))
