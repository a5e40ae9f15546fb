"""Whose reward a finding counts for: no yuan twice, no finding for two tips."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tips.rules.credits import bases

YUAN = st.decimals(min_value=0, max_value=1_000_000, places=2)
ORDERS = st.lists(st.integers(1, 9), unique=True, max_size=5)
FOUND = st.lists(st.tuples(st.none() | st.integers(1, 9), YUAN), max_size=12)


@given(ORDERS, FOUND, YUAN)
def test_no_yuan_counts_twice(order, found, most) -> None:
    shared = bases(order, found, most)

    assert list(shared) == order
    assert sum(shared.values()) <= most
    assert sum(shared.values()) == min(most, sum(loss for tip, loss in found if tip in order))


@given(ORDERS, FOUND, YUAN)
def test_a_tip_has_at_most_what_it_brought_itself(order, found, most) -> None:
    for tip, base in bases(order, found, most).items():
        assert 0 <= base <= sum(loss for lead, loss in found if lead == tip)


@given(ORDERS.filter(bool), FOUND, YUAN)
def test_a_later_tip_takes_nothing_from_an_earlier_one(order, found, most) -> None:
    assert bases(order[:-1], found, most).items() <= bases(order, found, most).items()


def test_where_less_is_recovered_the_earlier_tip_has_its_part_first() -> None:
    found = [(1, Decimal("300.00")), (2, Decimal("200.00")), (None, Decimal("50.00"))]

    assert bases([1, 2], found, Decimal("350.00")) == {1: Decimal("300.00"), 2: Decimal("50.00")}
