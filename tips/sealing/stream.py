"""The one format of a tipster's file: segments of a mebibyte, each sealed for its place.

A stream construction after Hoang, Reyhanitabar, Rogaway and Vizár (STREAM): every segment is AES-256-GCM under the
key of the file alone, and authenticated with the file's id, the segment's number and whether it is the last. What is
cut off, moved, repeated, mixed or altered does not open. Nonces are random and stand before each segment, because
a part whose answer was lost is sealed a second time. Memory is constant, and any place can be read by itself.
"""

import io
import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tips.sealing.envelopes import NONCE_LENGTH, SealBroken

SEGMENT = 1024 * 1024
TAG_LENGTH = 16
OVERHEAD = NONCE_LENGTH + TAG_LENGTH
SEALED_SEGMENT = SEGMENT + OVERHEAD
AHEAD = 8
"""How many segments a reader fetches at once while it reads on."""

Fetch = Callable[[int, int], bytes]
"""Gives the sealed bytes from an offset on, at most so many."""


def segment_count(size: int) -> int:
    """How many segments a file of `size` bytes has; an empty one has one."""
    return max(1, -(-size // SEGMENT))


def sealed_size(size: int) -> int:
    """How many bytes the store keeps for a file of `size` bytes."""
    return size + segment_count(size) * OVERHEAD


def seal_segment(key: bytes, file_id: object, number: int, plain: bytes, *, is_last: bool) -> bytes:
    """One segment for its place."""
    nonce = secrets.token_bytes(NONCE_LENGTH)
    return nonce + AESGCM(key).encrypt(nonce, plain, _bound(file_id, number, is_last))


def open_segment(key: bytes, file_id: object, number: int, sealed: bytes, *, is_last: bool) -> bytes:
    """What the segment of that place holds. Raises: SealBroken."""
    if len(sealed) < OVERHEAD:
        raise SealBroken
    nonce, body = sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:]
    try:
        return AESGCM(key).decrypt(nonce, body, _bound(file_id, number, is_last))
    except InvalidTag:
        raise SealBroken from None


def seal_part(key: bytes, file_id: object, plain: bytes, *, offset: int, size: int) -> bytes:
    """Several whole segments from `offset` on (a multiple of `SEGMENT`) of a file of `size` bytes."""
    first = offset // SEGMENT
    last = segment_count(size) - 1
    pieces = [plain[start : start + SEGMENT] for start in range(0, max(1, len(plain)), SEGMENT)]
    return b"".join(
        seal_segment(key, file_id, first + index, piece, is_last=first + index == last)
        for index, piece in enumerate(pieces)
    )


class Sealer:
    """Seals a file of unknown length while it arrives; holds one segment at most."""

    def __init__(self, key: bytes, file_id: object) -> None:
        self._key = key
        self._file_id = file_id
        self._number = 0
        self._rest = bytearray()

    def update(self, plain: bytes) -> bytes:
        """The sealed segments that are full and not the last."""
        self._rest += plain
        ready = []
        while len(self._rest) > SEGMENT:
            ready.append(self._sealed(bytes(self._rest[:SEGMENT]), is_last=False))
            del self._rest[:SEGMENT]
        return b"".join(ready)

    def finish(self) -> bytes:
        """The last segment."""
        return self._sealed(bytes(self._rest), is_last=True)

    def _sealed(self, plain: bytes, *, is_last: bool) -> bytes:
        sealed = seal_segment(self._key, self._file_id, self._number, plain, is_last=is_last)
        self._number += 1
        return sealed


def opened(key: bytes, file_id: object, size: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The whole file of `size` bytes, a segment at a time. Raises: SealBroken, also when something is missing."""
    count, number, rest = segment_count(size), 0, bytearray()
    for chunk in chunks:
        rest += chunk
        while len(rest) >= SEALED_SEGMENT and number < count - 1:
            yield open_segment(key, file_id, number, bytes(rest[:SEALED_SEGMENT]), is_last=False)
            del rest[:SEALED_SEGMENT]
            number += 1
    if number != count - 1 or len(rest) != sealed_size(size) - number * SEALED_SEGMENT:
        raise SealBroken
    yield open_segment(key, file_id, number, bytes(rest), is_last=True)


class SealedReader(io.RawIOBase):
    """A sealed file as a file that can be sought; holds some segments at most.

    Raises while reading: SealBroken, and what `fetch` raises.
    """

    def __init__(self, key: bytes, file_id: object, size: int, fetch: Fetch) -> None:
        super().__init__()
        self._key = key
        self._file_id = file_id
        self._size = size
        self._fetch = fetch
        self._place = 0
        self._held: dict[int, bytes] = {}

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be sought."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("negative place")
        self._place = start + offset
        return self._place

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as one segment goes."""
        if self._place >= self._size:
            return 0
        number, within = divmod(self._place, SEGMENT)
        piece = self._segment(number)[within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def _segment(self, number: int) -> bytes:
        if number not in self._held:
            is_reading_on = number - 1 in self._held
            self._held = self._opened(number, AHEAD if is_reading_on else 1)
        return self._held[number]

    def _opened(self, first: int, wanted: int) -> dict[int, bytes]:
        last = segment_count(self._size) - 1
        numbers = range(first, min(first + wanted, last + 1))
        sealed = self._fetch(first * SEALED_SEGMENT, len(numbers) * SEALED_SEGMENT)
        expected = min(len(numbers) * SEALED_SEGMENT, sealed_size(self._size) - first * SEALED_SEGMENT)
        if len(sealed) != expected:
            raise SealBroken
        return {
            number: open_segment(
                self._key,
                self._file_id,
                number,
                sealed[(number - first) * SEALED_SEGMENT :][:SEALED_SEGMENT],
                is_last=number == last,
            )
            for number in numbers
        }


def _bound(file_id: object, number: int, is_last: bool) -> bytes:
    return f"fundguard stream 1\0{file_id}\0{number}\0{'last' if is_last else 'more'}".encode()
