"""PDF without its author, programs, dates, XMP and the camera's words inside its pictures."""

import io
from typing import BinaryIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NumberObject, StreamObject

from tips.files.cleaning.copy import Copy
from tips.files.cleaning.pictures import without_words
from tips.files.inspection.unfit import STUMBLES
from tips.files.types import PDF

MOST_CLEANED = 60 * 1024 * 1024
"""Larger papers would fill the worker's memory."""
NAMING = ("/Metadata", "/PieceInfo", "/LastModified")
PHOTO = "/DCTDecode"
PHOTOS = {PHOTO, "/JPXDecode"}


def paper_residue(file: BinaryIO, size: int) -> str:
    """Why a paper cannot be cleaned, or what stays in it; nothing when it comes out clean."""
    return _attempt(file, size)[0]


def clean_paper(file: BinaryIO, size: int) -> Copy:
    """The same pages; a paper that cannot be written anew as it is."""
    target = _attempt(file, size)[1]
    if target is None:
        file.seek(0)
        return Copy(file, size, PDF)
    length = target.tell()
    target.seek(0)
    return Copy(target, length, PDF)


def _attempt(file: BinaryIO, size: int) -> tuple[str, io.BytesIO | None]:
    """The residue, and the paper written anew where that can be done."""
    if size > MOST_CLEANED:
        return "large_paper", None
    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            return "locked_paper", None
        if _is_signed(reader):
            return "signed_paper", None
        return _written(reader)
    except (*STUMBLES, RecursionError):
        return "locked_paper", None


def _written(reader: PdfReader) -> tuple[str, io.BytesIO]:
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    residue = ""
    for thing in writer._objects:
        if isinstance(thing, DictionaryObject):
            _forget(thing)
        if isinstance(thing, StreamObject) and not _forget_photo(thing):
            residue = "inner_files"
    target = io.BytesIO()
    writer.write(target)
    return residue, target


def _forget(thing: DictionaryObject) -> None:
    for name in NAMING:
        thing.pop(name, None)
    if thing.get("/Type") == "/Annot" or ("/Subtype" in thing and "/Rect" in thing):
        for name in ("/T", "/M", "/CreationDate") if thing.get("/Subtype") != "/Widget" else ():
            thing.pop(name, None)


def _forget_photo(thing: StreamObject) -> bool:
    """Take the camera's words out of a photo; whether nothing of them can be left."""
    filters = _filters(thing)
    if filters != [PHOTO]:
        return not PHOTOS.intersection(filters)
    clean = without_words(thing._data)
    if clean is not None:
        thing._data = clean
    return clean is not None


def _filters(thing: StreamObject) -> list[str]:
    found = thing.get("/Filter", ArrayObject())
    named = found.get_object()
    return [str(one.get_object()) for one in named] if isinstance(named, list) else [str(named)]


def _is_signed(reader: PdfReader) -> bool:
    form = reader.root_object.get("/AcroForm", DictionaryObject()).get_object()
    flags = form.get("/SigFlags", NumberObject(0)).get_object()
    return bool(int(flags) & 1)
