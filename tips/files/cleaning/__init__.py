"""Copies of files for the case: without place, device, author and whatever else points at whoever made them.

What a library cannot take out is a residue: its code is kept with the file, and the officer who hands the file on
reads the sentence for it (`tips/files/sentences.py`).
"""

from typing import BinaryIO

from tips.files.cleaning import office, papers, pictures, sound
from tips.files.cleaning.copy import Copy
from tips.files.cleaning.films import clean_film, film_residue
from tips.files.inspection.unfit import readable
from tips.files.types import PDF, PICTURES, SHEET, WORD

__all__ = ["Copy", "cleaned", "residue_of"]


def cleaned(file: BinaryIO, size: int, media_type: str) -> Copy:
    """The copy for the case of a file that was checked."""
    if media_type in PICTURES:
        return pictures.redrawn(file, media_type)
    if media_type == PDF:
        return papers.clean_paper(file, size)
    if media_type in (WORD, SHEET):
        return office.clean_office(file, media_type)
    if media_type == "audio/mpeg":
        return sound.clean_mp3(file, size)
    if media_type == "audio/amr":
        return Copy(file, size, media_type)
    return clean_film(file, size, media_type)


def residue_of(file: BinaryIO, size: int, media_type: str) -> str:
    """The code of what the copy would still carry; nothing when it is clean. Raises: Unfit."""
    with readable():
        return _residue_of(file, size, media_type)


def _residue_of(file: BinaryIO, size: int, media_type: str) -> str:
    if media_type == PDF:
        return papers.paper_residue(file, size)
    if media_type in (WORD, SHEET):
        return office.office_residue(file)
    if media_type in ("video/mp4", "video/quicktime", "audio/mp4"):
        return film_residue(file, size)
    return pictures.picture_residue(file, media_type) if media_type in PICTURES else ""
