"""The check of identity numbers. The valid ones are made up; 11010519491231002X is the standard's example."""

import pytest

from tips.rules.identity_number import is_identity_number

VALID = "11010519491231002X"


def test_the_example_of_the_standard_is_accepted() -> None:
    assert is_identity_number(VALID)


@pytest.mark.parametrize("place", range(17))
def test_one_wrong_digit_is_found(place: int) -> None:
    wrong = str((int(VALID[place]) + 1) % 10)

    assert not is_identity_number(VALID[:place] + wrong + VALID[place + 1 :])


@pytest.mark.parametrize(
    "number", ["", "11010519491231002", "11010519491231002x", "11010519490230002X", "A" * 18]
)
def test_what_cannot_be_a_number_is_refused(number: str) -> None:
    assert not is_identity_number(number)
