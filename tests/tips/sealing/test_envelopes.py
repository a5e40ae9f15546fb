"""Envelopes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tips.sealing import envelopes
from tips.sealing.envelopes import SealBroken, new_key, seal, unseal

KEY = new_key()


@given(st.binary(max_size=2000), st.text(max_size=60))
def test_an_envelope_opens_with_its_key_and_context(plain: bytes, context: str) -> None:
    assert unseal(KEY, seal(KEY, plain, context), context) == plain


@given(st.binary(max_size=300), st.data())
def test_an_altered_envelope_does_not_open(plain: bytes, data: st.DataObject) -> None:
    envelope = bytearray(seal(KEY, plain, "words"))
    place = data.draw(st.integers(0, len(envelope) - 1))
    envelope[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(SealBroken):
        unseal(KEY, bytes(envelope), "words")


@given(st.binary(max_size=300), st.integers(0, 40))
def test_a_shortened_envelope_does_not_open(plain: bytes, kept: int) -> None:
    envelope = seal(KEY, plain, "words")

    if kept < len(envelope):
        with pytest.raises(SealBroken):
            unseal(KEY, envelope[:kept], "words")


def test_an_envelope_does_not_open_in_another_place() -> None:
    with pytest.raises(SealBroken):
        unseal(KEY, seal(KEY, b"words", "tip 1 words"), "tip 2 words")


def test_the_same_words_never_give_the_same_envelope() -> None:
    assert seal(KEY, b"words", "c") != seal(KEY, b"words", "c")


def test_the_content_key_opens_with_the_bureaus_key_and_with_the_receipt_code_alone() -> None:
    content_key = new_key()
    for_bureau = envelopes.wrap_for_bureau(content_key, "举1")
    for_tipster = envelopes.wrap_for_tipster(content_key, envelopes.tipster_key("CODE"), "举1")

    assert envelopes.unwrap_for_bureau(for_bureau, "举1") == content_key
    assert envelopes.unwrap_for_tipster(for_tipster, envelopes.tipster_key("CODE"), "举1") == content_key
    with pytest.raises(SealBroken):
        envelopes.unwrap_for_tipster(for_tipster, envelopes.tipster_key("EDOC"), "举1")


def test_a_wrapped_key_of_one_tip_does_not_open_for_another() -> None:
    wrapped = envelopes.wrap_for_bureau(new_key(), "举1")

    with pytest.raises(SealBroken):
        envelopes.unwrap_for_bureau(wrapped, "举2")


def test_the_content_key_of_the_bureau_does_not_open_identities(settings) -> None:
    wrapped = envelopes.wrap_identity_key(new_key(), "举1")
    settings.IDENTITY_KEY = settings.CONTENT_KEY

    with pytest.raises(SealBroken):
        envelopes.unwrap_identity_key(wrapped, "举1")
