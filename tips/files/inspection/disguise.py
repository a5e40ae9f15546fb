"""Files that are two things at once: a picture with an archive behind it, a page in front of a paper."""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from tips.files.inspection.unfit import Unfit
from tips.files.types import PDF, PICTURES

EDGE = 64 * 1024
PIECE = 1024 * 1024
PAPER_HEAD = 1024
"""Readers of PDF look for its first line as far as here."""
MARKUP = re.compile(rb"<(?:!doctype\s+html|html[\s>]|script[\s>]|iframe[\s>]|\?php|svg[\s>])", re.IGNORECASE)
PAPER = b"%PDF-"
WINDOWS = re.compile(rb"MZ\x90\x00")
UNIX = re.compile(rb"\x7fELF[\x01\x02][\x01\x02]\x01")
"""With its class, the order of its bytes and its version."""
TO_PROGRAM = 0x3C
FARTHEST = EDGE // 2


def refuse_disguise(file: BinaryIO, size: int, found: str) -> None:
    """Refuse a file that another program would take for something else. Raises: Unfit."""
    file.seek(0)
    if zipfile.is_zipfile(file):  # a directory at the end makes an archive of anything
        raise Unfit("disguised")
    file.seek(0)
    head = file.read(EDGE)
    file.seek(max(0, size - EDGE))
    tail = file.read(EDGE)
    if found == PDF:
        if MARKUP.search(_after_last(tail, b"%%EOF")):
            raise Unfit("disguised")
        return
    if MARKUP.search(head) or MARKUP.search(tail) or PAPER in head[:PAPER_HEAD]:
        raise Unfit("disguised")
    if found in PICTURES and any(_has_foreign(part) for part in _overlapping(file)):
        raise Unfit("disguised")


def _has_foreign(part: bytes) -> bool:
    return PAPER in part or UNIX.search(part) is not None or any(map(_is_program, WINDOWS.finditer(part)))


def _is_program(mark: re.Match[bytes]) -> bool:
    """Whether the mark is followed by what it points to; the four bytes alone stand in many an honest photo."""
    told = mark.string[mark.start() + TO_PROGRAM : mark.start() + TO_PROGRAM + 4]
    place = int.from_bytes(told, "little")
    return place <= FARTHEST and mark.string.startswith(b"PE\0\0", mark.start() + place)


def _overlapping(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    before = b""
    while piece := file.read(PIECE):
        yield before + piece
        before = piece[-EDGE:]


def _after_last(data: bytes, mark: bytes) -> bytes:
    return data.rpartition(mark)[2] if mark in data else b""
