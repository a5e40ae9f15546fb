"""Slips in a card number are found; other accounts are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tips.rules.bank_card import is_misspelt_card

CARD = "6228000912345678"
DIGITS = "0123456789"
cards = (
    st.integers(14, 17).flatmap(lambda more: st.text(DIGITS, min_size=more, max_size=more)).map("62".__add__)
)


def test_exactly_one_last_digit_is_right() -> None:
    assert [last for last in DIGITS if not is_misspelt_card(CARD[:-1] + last)] == ["8"]


@given(cards, st.data())
def test_one_wrong_digit_of_a_right_card_is_always_found(card: str, data: st.DataObject) -> None:
    right = next(card[:-1] + last for last in DIGITS if not is_misspelt_card(card[:-1] + last))
    place = data.draw(st.integers(2, len(right) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in DIGITS if digit != right[place]]))

    assert is_misspelt_card(right[:place] + wrong + right[place + 1 :])


@given(cards, st.data())
def test_two_neighbours_that_changed_places_are_found_but_for_0_and_9(card: str, data: st.DataObject) -> None:
    right = next(card[:-1] + last for last in DIGITS if not is_misspelt_card(card[:-1] + last))
    place = data.draw(st.integers(2, len(right) - 2))
    pair = right[place : place + 2]
    swapped = right[:place] + pair[::-1] + right[place + 2 :]

    assert is_misspelt_card(swapped) == (len(set(pair)) == 2 and set(pair) != {"0", "9"})


@pytest.mark.parametrize(
    "account", ["", "12345678", "6228", "62" + "1" * 18, "4111111111111112", "62280009 12345679"]
)
def test_what_is_no_card_is_not_judged(account: str) -> None:
    assert not is_misspelt_card(account)
