"""PDF without its author, programs, dates, XMP and the camera's words inside its pictures."""

import io
from typing import BinaryIO

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from tips.cleaning.copy import Copy
from tips.cleaning.pictures import without_segments
from tips.file_types import PDF

MOST_CLEANED = 60 * 1024 * 1024
"""Larger papers would fill the worker's memory."""
NAMING = ("/Metadata", "/PieceInfo", "/LastModified")


def paper_residue(file: BinaryIO, size: int) -> str:
    """Why a paper cannot be cleaned; nothing when it can."""
    if size > MOST_CLEANED:
        return "large_paper"
    file.seek(0)
    reader = PdfReader(file, strict=False)
    if reader.is_encrypted:
        return "locked_paper"
    if _is_signed(reader):
        return "signed_paper"
    try:
        _written(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "locked_paper"
    return ""


def clean_paper(file: BinaryIO, size: int) -> Copy:
    """The same pages; a paper with a residue as it is."""
    if paper_residue(file, size):
        file.seek(0)
        return Copy(file, size, PDF)
    file.seek(0)
    target = _written(PdfReader(file, strict=False))
    length = target.tell()
    target.seek(0)
    return Copy(target, length, PDF)


def _written(reader: PdfReader) -> io.BytesIO:
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for thing in writer._objects:
        if isinstance(thing, DictionaryObject):
            _forget(thing)
    target = io.BytesIO()
    writer.write(target)
    return target


def _forget(thing: DictionaryObject) -> None:
    for name in NAMING:
        thing.pop(name, None)
    if thing.get("/Type") == "/Annot" or ("/Subtype" in thing and "/Rect" in thing):
        for name in ("/T", "/M", "/CreationDate") if thing.get("/Subtype") != "/Widget" else ():
            thing.pop(name, None)
    if isinstance(thing, StreamObject) and _is_photo(thing):
        thing._data = without_segments(thing._data)


def _is_photo(thing: StreamObject) -> bool:
    filters = thing.get("/Filter")
    return filters == "/DCTDecode" or filters == ["/DCTDecode"]


def _is_signed(reader: PdfReader) -> bool:
    form = reader.root_object.get("/AcroForm")
    flags = form.get_object().get("/SigFlags", 0) if form is not None else 0
    return bool(int(flags) & 1)
