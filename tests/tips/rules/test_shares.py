"""Shares of one reward: they add up, nobody is wronged by more than a fen, the order decides ties."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.money import Money, total
from tips.rules.shares import BadShares, split_by_percentages, split_equally, split_in_proportion

amounts = st.integers(0, 10**9).map(Money.from_fen)
EXAMPLES = settings(deadline=None, max_examples=1_000)


@st.composite
def agreements(draw: st.DrawFn) -> list[Decimal]:
    """Percentages with two places that add up to 100, for one to six people."""
    cuts = draw(st.lists(st.integers(1, 9_999), max_size=5, unique=True).map(sorted))
    bounds = [0, *cuts, 10_000]
    return [Decimal(high - low).scaleb(-2) for low, high in itertools.pairwise(bounds)]


@pytest.mark.parametrize(
    ("amount", "people", "parts"),
    [
        ("5750.00", 2, ["2875.00", "2875.00"]),
        ("200.00", 3, ["66.67", "66.67", "66.66"]),
        ("0.02", 3, ["0.01", "0.01", "0.00"]),
        ("0.00", 2, ["0.00", "0.00"]),
        ("200000.00", 1, ["200000.00"]),
    ],
)
def test_equal_parts_give_the_odd_fen_to_the_first(amount: str, people: int, parts: list[str]) -> None:
    assert list(split_equally(Money.yuan(amount), people)) == [Money.yuan(part) for part in parts]


@pytest.mark.parametrize(
    ("amount", "agreed", "parts"),
    [
        ("5750.00", ["60", "40"], ["3450.00", "2300.00"]),
        ("100.01", ["50", "25", "25"], ["50.01", "25.00", "25.00"]),
        ("0.05", ["50", "50"], ["0.03", "0.02"]),
        ("1000.00", ["33.33", "33.33", "33.34"], ["333.30", "333.30", "333.40"]),
        ("0.10", ["4", "48", "48"], ["0.00", "0.05", "0.05"]),
    ],
)
def test_agreed_parts_go_by_the_largest_remainder(amount: str, agreed: list[str], parts: list[str]) -> None:
    found = split_by_percentages(Money.yuan(amount), [Decimal(one) for one in agreed])

    assert list(found) == [Money.yuan(part) for part in parts]


@EXAMPLES
@given(amounts, agreements())
def test_shares_add_up_and_no_share_is_a_fen_off(amount: Money, agreed: list[Decimal]) -> None:
    parts = split_by_percentages(amount, agreed)

    assert total(parts) == amount
    for part, percentage in zip(parts, agreed, strict=True):
        assert abs(part.amount - amount.amount * percentage / 100) < Decimal("0.01")
        assert part.amount >= 0


@EXAMPLES
@given(amounts, st.integers(1, 40))
def test_equal_shares_differ_by_a_fen_at_most_and_never_rise(amount: Money, people: int) -> None:
    parts = split_equally(amount, people)

    assert total(parts) == amount and len(parts) == people
    assert parts[0].fen - parts[-1].fen in (0, 1)
    assert list(parts) == sorted(parts, reverse=True)


@EXAMPLES
@given(amounts, agreements())
def test_the_same_agreement_gives_the_same_shares_and_a_greater_percentage_never_less(
    amount: Money, agreed: list[Decimal]
) -> None:
    parts = split_by_percentages(amount, agreed)

    assert parts == split_by_percentages(amount, agreed)
    by_percentage = sorted(zip(agreed, parts, strict=True))
    assert all(less[1] <= more[1] or less[0] == more[0] for less, more in itertools.pairwise(by_percentage))


@pytest.mark.parametrize(
    "agreed", [[], ["50"], ["60", "50"], ["100", "0"], ["110", "-10"], ["33.333", "66.667"], ["NaN"]]
)
def test_percentages_that_make_no_whole_are_refused(agreed: list[str]) -> None:
    with pytest.raises(BadShares):
        split_by_percentages(Money.yuan(100), [Decimal(one) for one in agreed])


def test_nobody_gets_nothing() -> None:
    with pytest.raises(BadShares):
        split_equally(Money.yuan(100), 0)


@EXAMPLES
@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=6).filter(any), st.data())
def test_a_smaller_amount_is_shared_to_the_fen_and_nobody_gets_more_than_the_own_part(
    fens: list[int], data: st.DataObject
) -> None:
    parts = [Money.from_fen(fen) for fen in fens]
    amount = Money.from_fen(data.draw(st.integers(0, sum(fens))))

    found = split_in_proportion(amount, parts)

    assert total(found) == amount
    for one, own in zip(found, parts, strict=True):
        assert Money.from_fen(0) <= one <= own
        # Less than a fen away from the exact share.
        assert abs(one.fen * sum(fens) - amount.fen * own.fen) < sum(fens)
    # Who had more has no less now.
    by_part = sorted(zip(fens, (one.fen for one in found), strict=True))
    assert all(low[1] <= high[1] for low, high in itertools.pairwise(by_part) if low[0] < high[0])


def test_nothing_is_shared_among_nobody() -> None:
    with pytest.raises(BadShares):
        split_in_proportion(Money.yuan("1.00"), [Money.yuan("0.00")])
