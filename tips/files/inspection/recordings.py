"""Films and sound: boxes or frames that fill the file from its first to its last byte."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from mutagen import MutagenError
from mutagen.mp3 import MP3

from tips.files.inspection.unfit import Unfit

MOST_BOXES = 50_000
MOST_FRAMES = 3_000_000
AMR_FRAMES = (13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1)
WIDE_AMR_FRAMES = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1)


@dataclass(frozen=True)
class Box:
    """One box of the ISO base media format: its kind, where it begins, its head's length and its whole length."""

    kind: bytes
    start: int
    head: int
    length: int

    @property
    def end(self) -> int:
        """The first byte behind it."""
        return self.start + self.length

    @property
    def body(self) -> int:
        """The first byte of what it holds."""
        return self.start + self.head


def inspect_recording(file: BinaryIO, size: int, media_type: str) -> None:
    """Whether a player could play it and nothing else is inside. Raises: Unfit."""
    if media_type == "audio/mpeg":
        _inspect_mp3(file)
    elif media_type == "audio/amr":
        _inspect_amr(file, size)
    else:
        _inspect_boxes(file, size)


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes of a stretch. Raises: Unfit when they do not fill it."""
    place = start
    for _ in range(MOST_BOXES):
        if place == end:
            return
        file.seek(place)
        head = file.read(16)
        if len(head) < 8 or place + 8 > end:
            raise Unfit("damaged")
        length, kind = struct.unpack(">I4s", head[:8])
        used = 8
        if length == 1 and len(head) == 16:
            length, used = struct.unpack(">Q", head[8:])[0], 16
        elif length == 0:
            length = end - place
        if length < used or place + length > end:
            raise Unfit("damaged")
        yield Box(kind, place, used, length)
        place += length
    raise Unfit("bomb")


def _inspect_boxes(file: BinaryIO, size: int) -> None:
    kinds = [box.kind for box in boxes(file, 0, size)]
    if kinds[:1] != [b"ftyp"] or not {b"moov", b"mdat"} <= set(kinds):
        raise Unfit("damaged")
    if not all(kind.strip().isalnum() for kind in kinds):
        raise Unfit("disguised")


def _inspect_mp3(file: BinaryIO) -> None:
    file.seek(0)
    try:
        found = MP3(fileobj=file).info  # type: ignore[no-untyped-call]
    except (MutagenError, ValueError, EOFError, struct.error):
        raise Unfit("damaged") from None
    if found is None or found.length <= 0 or found.sketchy:
        raise Unfit("damaged")


def _inspect_amr(file: BinaryIO, size: int) -> None:
    file.seek(0)
    head = file.read(9)
    is_wide = head == b"#!AMR-WB\n"
    if not is_wide and not head.startswith(b"#!AMR\n"):
        raise Unfit("damaged")
    lengths, place = (WIDE_AMR_FRAMES, 9) if is_wide else (AMR_FRAMES, 6)
    for _ in range(MOST_FRAMES):
        if place == size:
            return
        file.seek(place)
        mark = file.read(1)
        if not mark or mark[0] & 0x83:  # these bits are always zero
            raise Unfit("damaged")
        place += lengths[mark[0] >> 3 & 0x0F]
        if place > size:
            raise Unfit("damaged")
    raise Unfit("bomb")
