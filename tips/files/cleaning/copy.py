"""A copy that can be read from its beginning, and a file seen through patches."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO


@dataclass(frozen=True)
class Copy:
    """What enters the case: bytes to be read from the beginning, how many, and their type."""

    file: BinaryIO
    size: int
    media_type: str


@dataclass(frozen=True)
class Patch:
    """From `start` on, so many bytes are others: `head`, then zeros."""

    start: int
    length: int
    head: bytes = b""


class Patched(io.RawIOBase):
    """A stretch of a file with some bytes replaced; nothing is copied."""

    def __init__(self, file: BinaryIO, start: int, end: int, patches: Sequence[Patch] = ()) -> None:
        super().__init__()
        self._file = file
        self._start = start
        self._end = end
        self._patches = patches
        self._place = start

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be sought."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, counted from the stretch's beginning."""
        base = {io.SEEK_SET: self._start, io.SEEK_CUR: self._place, io.SEEK_END: self._end}[whence]
        self._place = base + offset
        return self._place - self._start

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer."""
        self._file.seek(self._place)
        found = bytearray(self._file.read(min(len(buffer), max(0, self._end - self._place))))
        for patch in self._patches:
            self._apply(patch, found)
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)

    def _apply(self, patch: Patch, found: bytearray) -> None:
        first = max(patch.start, self._place)
        last = min(patch.start + patch.length, self._place + len(found))
        for place in range(first, min(last, patch.start + len(patch.head))):
            found[place - self._place] = patch.head[place - patch.start]
        zeros_from = max(first, patch.start + len(patch.head))
        if zeros_from < last:
            found[zeros_from - self._place : last - self._place] = bytes(last - zeros_from)
