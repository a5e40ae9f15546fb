"""MP3 without its tags: title, artist, pictures, device and place stand before or behind the sound."""

import struct
from typing import BinaryIO, cast

from tips.files.cleaning.copy import Copy, Patched

MOST_TAGS = 20


def clean_mp3(file: BinaryIO, size: int) -> Copy:
    """The stretch between the tags."""
    start, end = _after_id3(file), _before_tags(file, size)
    return Copy(cast(BinaryIO, Patched(file, start, end)), end - start, "audio/mpeg")


def _after_id3(file: BinaryIO) -> int:
    place = 0
    for _ in range(MOST_TAGS):
        file.seek(place)
        head = file.read(10)
        if len(head) < 10 or head[:3] != b"ID3":
            break
        length = 0
        for byte in head[6:10]:  # seven bits of each count
            length = length << 7 | byte & 0x7F
        place += 10 + length + (10 if head[5] & 0x10 else 0)
    return place


def _before_tags(file: BinaryIO, size: int) -> int:
    end = size
    for _ in range(MOST_TAGS):
        length = _id3v1(file, end) or _ape(file, end)
        if not length:
            break
        end -= length
    return end


def _id3v1(file: BinaryIO, end: int) -> int:
    file.seek(max(0, end - 128))
    return 128 if file.read(3) == b"TAG" else 0


def _ape(file: BinaryIO, end: int) -> int:
    file.seek(max(0, end - 32))
    foot = file.read(32)
    if foot[:8] != b"APETAGEX":
        return 0
    length, _count, flags = struct.unpack("<III", foot[12:24])
    return min(end, int(length) + (32 if flags & 0x80000000 else 0))
