"""The receipt code."""

import re
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tips.receipts import receipt_code
from tips.receipts.receipt_code import ALPHABET, LENGTH, Mistyped, from_seed, grouped, normalised

seeds = st.binary(min_size=32, max_size=32)
places = st.integers(0, LENGTH - 1)


@given(seeds)
def test_a_code_has_five_groups_of_four_and_two_check_characters(seed: bytes) -> None:
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{2}", grouped(from_seed(seed)))


@given(seeds)
def test_a_code_is_read_with_small_letters_hyphens_spaces_and_lookalikes(seed: bytes) -> None:
    code = from_seed(seed)

    assert normalised(grouped(code).lower()) == code
    assert normalised(" ".join(code)) == code
    assert normalised(code.replace("0", "O").replace("1", "l")) == code


@given(seeds, places, st.sampled_from(ALPHABET))
def test_every_wrong_character_is_found(seed: bytes, place: int, wrong: str) -> None:
    code = from_seed(seed)
    typed = code[:place] + wrong + code[place + 1 :]

    if typed != code:
        with pytest.raises(Mistyped):
            normalised(typed)


@given(seeds, places, places)
def test_every_transposition_is_found(seed: bytes, one: int, other: int) -> None:
    code = from_seed(seed)
    characters = list(code)
    characters[one], characters[other] = characters[other], characters[one]
    typed = "".join(characters)

    if typed != code:
        with pytest.raises(Mistyped):
            normalised(typed)


@pytest.mark.parametrize("typed", ["", "ABCD", "7K2M" * 6, "*" * LENGTH, "é" * LENGTH])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(Mistyped):
        normalised(typed)


def test_codes_use_the_whole_alphabet_evenly_in_every_place() -> None:
    codes = [from_seed(secrets.token_bytes(32)) for _ in range(4000)]

    for place in range(receipt_code.RANDOM_LENGTH):
        counts = [sum(code[place] == letter for code in codes) for letter in ALPHABET]
        assert min(counts) > 60
        assert max(counts) < 200


def test_the_register_keeps_neither_the_code_nor_an_unpeppered_hash(settings) -> None:
    code = from_seed(b"s" * 32)
    kept = receipt_code.digest(code)

    settings.RECEIPT_PEPPER = secrets.token_bytes(32)

    assert receipt_code.digest(code) != kept


def test_the_end_of_a_code_is_accepted_with_its_hyphen_and_no_other_end() -> None:
    code = from_seed(b"e" * 32)

    assert receipt_code.ends_with(code, grouped(code)[-7:].lower())
    assert not receipt_code.ends_with(code, code[:6])
