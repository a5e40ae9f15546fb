"""Which PINs may guard a claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tips.rules.pin import COMMON, WeakPin, checked, is_trivial, normalised


@pytest.mark.parametrize(
    "typed",
    ["111111", "000000000000", "123456", "654321", "345678", "987654", "890123", "135791", "121212", "123123",
     "520520", "112233", "31415926", "１２３４５６", "12 34 56", "12-34-56", "12345", "1234567890123", "7", "",
     "short one", "aaaaaaaaaaaa", "ab ab ab ab ab", "x" * 101],
)  # fmt: skip
def test_what_is_short_long_or_guessed_first_is_refused(typed: str) -> None:
    with pytest.raises(WeakPin) as refused:
        checked(typed)

    assert refused.value.text.render(str).endswith(".")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("408261", "408261"), (" 40 82 61 ", "408261"), ("４０８２６１", "408261"), ("408261735926", "408261735926"),
     ("三月的雨落在青石板路上", "三月的雨落在青石板路上"), ("green  tea at four", "green tea at four")],
)  # fmt: skip
def test_what_may_be_used_is_kept_as_it_counts(typed: str, kept: str) -> None:
    assert checked(typed) == kept


def test_every_favourite_is_trivial() -> None:
    assert all(is_trivial(one) for one in COMMON)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(6, 12))
def test_no_counting_by_any_step_passes(start: int, step: int, length: int) -> None:
    assert is_trivial("".join(str((start + step * place) % 10) for place in range(length)))


@given(st.text(alphabet="0123456789", min_size=1, max_size=6), st.integers(2, 12))
def test_no_repeated_block_passes(block: str, times: int) -> None:
    assert is_trivial(block * times)


@given(st.text(max_size=30))
def test_writing_it_the_same_way_again_changes_nothing(typed: str) -> None:
    assert normalised(normalised(typed)) == normalised(typed)
