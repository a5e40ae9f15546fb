"""A place for bytes that are too many for memory: what reaches the disk is sealed under a key that is kept nowhere."""

import io
import tempfile
import uuid
from typing import IO

from tips.sealing import envelopes
from tips.sealing.stream import SEALED_SEGMENT, SealedReader, Sealer


class SealedSpool:
    """Written once from the beginning to the end, then read as often and from wherever one likes.

    The first mebibyte stays in memory. A temporary file has no name, and its key dies with this object.
    """

    def __init__(self, key: bytes | None = None, file_id: object = None) -> None:
        self.key = key or envelopes.new_key()
        self.file_id = file_id or uuid.uuid4()
        self.size = 0
        self.sealed_size = 0
        self._sealer = Sealer(self.key, self.file_id)
        # Only sealed bytes are ever written into it.
        self.sealed: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=SEALED_SEGMENT)  # noqa: SIM115
        self._reader: io.BufferedReader | None = None

    def write(self, plain: bytes) -> int:
        """Add bytes at the end."""
        self.size += len(plain)
        self.sealed_size += self.sealed.write(self._sealer.update(plain))
        return len(plain)

    def finish(self) -> None:
        """Nothing more follows."""
        if self._reader is None:
            self.sealed_size += self.sealed.write(self._sealer.finish())
            self._reader = io.BufferedReader(SealedReader(self.key, self.file_id, self.size, self._fetch))

    def reader(self) -> io.BufferedReader:
        """The bytes as they came."""
        self.finish()
        assert self._reader is not None, "finished above"
        return self._reader

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place for reading."""
        return self.reader().seek(offset, whence)

    def tell(self) -> int:
        """Where the next byte is read."""
        return self.reader().tell()

    def read(self, size: int = -1) -> bytes:
        """Bytes as they came."""
        return self.reader().read(size)

    def readline(self, size: int = -1) -> bytes:
        """A line as it came."""
        return self.reader().readline(size)

    def close(self) -> None:
        """Let go of the bytes."""
        self.sealed.close()

    @property
    def closed(self) -> bool:
        """Whether the bytes are gone."""
        return self.sealed.closed

    def _fetch(self, offset: int, length: int) -> bytes:
        self.sealed.seek(offset)
        return self.sealed.read(length)
