"""What a tipster's file really is: looked into before it is kept under lock and before an officer sees it.

Every module reads a file that can be sought, holds little of it, and raises `Unfit` with one code; the codes have
their sentences in `tips/files/sentences.py`.
"""

from typing import BinaryIO

from casework.rules.media_types import HEAD
from tips.files.inspection import office, papers, pictures, recordings
from tips.files.inspection.disguise import refuse_disguise
from tips.files.inspection.unfit import Unfit, readable
from tips.files.types import PDF, PICTURES, SHEET, WORD, fits_name, type_of

__all__ = ["Unfit", "early_refusal", "inspect"]

OFFICE = frozenset({WORD, SHEET})


def inspect(file: BinaryIO, size: int, name: str) -> str:
    """The true type of a file that may be kept. Raises: Unfit."""
    if size == 0:
        raise Unfit("empty")
    file.seek(0)
    found = type_of(file.read(HEAD))
    if found is None:
        raise Unfit("wrong_type")
    if not fits_name(name, found):
        raise Unfit("wrong_name")
    with readable():
        if found not in OFFICE:
            refuse_disguise(file, size, found)
        _look_into(file, size, found)
    return found


def early_refusal(file: BinaryIO, name: str, media_type: str) -> str:
    """The code of what is wrong with a small file of a form, or nothing.

    The citizen waits, and so may a hundred others: heads and directories are read, nothing is drawn or unpacked. A
    worker looks closer later.
    """
    if not fits_name(name, media_type):
        return "wrong_name"
    file.seek(0, 2)
    size = file.tell()
    try:
        with readable():
            if media_type in PICTURES:
                refuse_disguise(file, size, media_type)
                pictures.glance_at_picture(file, size, media_type)
            elif media_type in OFFICE:
                office.glance_at_office(file, size)
    except Unfit as refusal:
        return refusal.code
    return ""


def _look_into(file: BinaryIO, size: int, found: str) -> None:
    if found in PICTURES:
        pictures.inspect_picture(file, size, found)
    elif found == PDF:
        papers.inspect_paper(file, size)
    elif found in OFFICE:
        office.inspect_office(file, size)
    else:
        recordings.inspect_recording(file, size, found)
