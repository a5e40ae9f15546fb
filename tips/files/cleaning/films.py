"""MP4, MOV and M4A without tags: their boxes stay where they are, so that the player finds its frames, but empty.

Titles, places and devices stand in `udta`, `meta` and `uuid` boxes; the days of recording in the heads of the film
and of its tracks. A track that records places beside the picture cannot be told apart from others safely: residue.
"""

from collections.abc import Iterator
from typing import BinaryIO, cast

from tips.files.cleaning.copy import Copy, Patch, Patched
from tips.files.inspection.recordings import Box, boxes
from tips.files.inspection.unfit import Unfit

EMPTIED = {b"udta", b"meta", b"uuid", b"free", b"skip", b"wide"}
OPENED = {b"moov", b"trak", b"mdia"}
DATED = {b"mvhd", b"tkhd", b"mdhd"}
DEEPEST = 8
"""A film holds tracks and these their media: nobody opens boxes further down."""
SEEN_AND_HEARD = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"tmcd", b"clcp"}


def clean_film(file: BinaryIO, size: int, media_type: str) -> Copy:
    """The same film with its tags emptied."""
    patches = list(_patches(file, 0, size))
    return Copy(cast(BinaryIO, Patched(file, 0, size, patches)), size, media_type)


def film_residue(file: BinaryIO, size: int) -> str:
    """Whether there is a track that is neither seen nor heard. Raises: Unfit when its boxes go too deep."""
    kinds = set(_track_kinds(file, 0, size))
    return "place_track" if kinds - SEEN_AND_HEARD else ""


def _patches(file: BinaryIO, start: int, end: int, depth: int = 0) -> Iterator[Patch]:
    for box in _boxes(file, start, end, depth):
        if box.kind in EMPTIED:
            yield Patch(box.start + 4, 4, b"free")
            yield Patch(box.body, box.end - box.body)
        elif box.kind in DATED:
            yield _without_days(file, box)
        elif box.kind in OPENED:
            yield from _patches(file, box.body, box.end, depth + 1)


def _without_days(file: BinaryIO, box: Box) -> Patch:
    file.seek(box.body)
    is_long = file.read(1) == b"\x01"
    return Patch(box.body + 4, 16 if is_long else 8)


def _boxes(file: BinaryIO, start: int, end: int, depth: int) -> Iterator[Box]:
    if depth > DEEPEST:
        raise Unfit("bomb")
    return boxes(file, start, end)


def _track_kinds(file: BinaryIO, start: int, end: int, depth: int = 0) -> Iterator[bytes]:
    for box in _boxes(file, start, end, depth):
        if box.kind == b"hdlr":
            file.seek(box.body + 8)
            yield file.read(4)
        elif box.kind in OPENED:
            yield from _track_kinds(file, box.body, box.end, depth + 1)
