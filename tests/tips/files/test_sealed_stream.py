"""The format of sealed files: whatever is cut, moved, mixed or altered is found."""

import io
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tips.sealing import envelopes, stream
from tips.sealing.spool import SealedSpool
from tips.sealing.stream import SealedReader, Sealer, opened, seal_part, sealed_size, segment_count

SEGMENT = 64
KEY, FILE = envelopes.new_key(), uuid.uuid4()


@pytest.fixture(autouse=True, scope="module")
def short_segments():  # type: ignore[no-untyped-def]
    """Short segments, so that small examples have many."""
    patch = pytest.MonkeyPatch()
    patch.setattr(stream, "SEGMENT", SEGMENT)
    patch.setattr(stream, "SEALED_SEGMENT", SEGMENT + stream.OVERHEAD)
    yield
    patch.undo()


def sealed(plain: bytes, key: bytes = KEY, file: uuid.UUID = FILE) -> bytes:
    return seal_part(key, file, plain, offset=0, size=len(plain))


def whole(data: bytes, size: int, *, key: bytes = KEY, file: uuid.UUID = FILE, step: int = 37) -> bytes:
    chunks = (data[start : start + step] for start in range(0, len(data), step))
    return b"".join(opened(key, file, size, chunks))


def is_found(data: bytes, size: int) -> bool:
    try:
        whole(data, size)
    except envelopes.SealBroken:
        return True
    return False


plains = st.binary(max_size=SEGMENT * 6)


@given(plains, st.integers(1, 300))
@settings(max_examples=300, deadline=None)
def test_what_was_sealed_opens_whatever_the_pieces(plain: bytes, step: int) -> None:
    sealer = Sealer(KEY, FILE)
    arrived = b"".join(sealer.update(plain[start : start + step]) for start in range(0, len(plain), step))
    arrived += sealer.finish()

    assert len(arrived) == sealed_size(len(plain))
    assert whole(arrived, len(plain), step=step) == plain
    assert whole(sealed(plain), len(plain)) == plain


@given(plains, st.data())
@settings(max_examples=400, deadline=None)
def test_every_altered_bit_is_found(plain: bytes, data: st.DataObject) -> None:
    box = bytearray(sealed(plain))
    place = data.draw(st.integers(0, len(box) - 1))
    box[place] ^= 1 << data.draw(st.integers(0, 7))

    assert is_found(bytes(box), len(plain))


@given(plains, st.data())
@settings(max_examples=400, deadline=None)
def test_every_cut_and_every_addition_is_found_even_when_the_length_was_changed_too(plain, data) -> None:
    box = sealed(plain)
    cut = data.draw(st.integers(0, len(box) - 1))
    size = data.draw(st.integers(0, len(plain) + SEGMENT))

    assert is_found(box[:cut], len(plain))
    assert is_found(box + box[-1:], len(plain))
    assert size == len(plain) or is_found(box, size)
    shorter = max(0, len(plain) - SEGMENT)
    assert segment_count(shorter) == segment_count(len(plain)) or is_found(
        box[: sealed_size(shorter)], shorter
    )


@given(st.binary(min_size=SEGMENT * 3, max_size=SEGMENT * 6), st.data())
@settings(max_examples=300, deadline=None)
def test_segments_that_change_places_or_come_from_another_file_are_found(plain, data) -> None:
    long = SEGMENT + stream.OVERHEAD
    box, other = sealed(plain), sealed(plain, file=uuid.uuid4())
    pieces = [box[start : start + long] for start in range(0, len(box), long)]
    foreign = [other[start : start + long] for start in range(0, len(other), long)]
    one = data.draw(st.integers(0, len(pieces) - 2))
    two = data.draw(st.integers(0, len(pieces) - 2).filter(lambda number: number != one))
    swapped, mixed = list(pieces), list(pieces)
    swapped[one], swapped[two] = pieces[two], pieces[one]
    mixed[one] = foreign[one]

    assert is_found(b"".join(swapped), len(plain))
    assert is_found(b"".join(mixed), len(plain))
    assert is_found(b"".join([*pieces[:one], *pieces[one + 1 :]]), len(plain))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(envelopes.SealBroken):
        whole(sealed(b"words"), 5, key=envelopes.new_key())


@given(plains, st.lists(st.tuples(st.integers(0, SEGMENT * 7), st.integers(0, SEGMENT * 3)), max_size=8))
@settings(max_examples=300, deadline=None)
def test_any_place_can_be_read_by_itself(plain: bytes, looks: list[tuple[int, int]]) -> None:
    box = sealed(plain)
    reader = io.BufferedReader(
        SealedReader(KEY, FILE, len(plain), lambda offset, length: box[offset : offset + length]), 16
    )

    for place, length in looks:
        reader.seek(place)
        assert reader.read(length) == plain[place : place + length]


def test_a_part_may_be_sealed_again_and_fits_beside_the_others() -> None:
    plain = bytes(range(256)) * 2
    first = seal_part(KEY, FILE, plain[: SEGMENT * 4], offset=0, size=len(plain))
    rest = seal_part(KEY, FILE, plain[SEGMENT * 4 :], offset=SEGMENT * 4, size=len(plain))
    again = seal_part(KEY, FILE, plain[SEGMENT * 4 :], offset=SEGMENT * 4, size=len(plain))

    assert rest != again
    assert whole(first + rest, len(plain)) == whole(first + again, len(plain)) == plain


def test_a_spool_gives_back_what_was_written_and_its_file_shows_nothing_of_it() -> None:
    spool, canary = SealedSpool(), b"CANARYBYTES"
    for _ in range(50):
        spool.write(canary)
    spool.finish()
    spool.sealed.seek(0)

    assert canary not in spool.sealed.read()
    assert spool.read() == canary * 50
    spool.seek(11)
    assert spool.read(11) == canary
