"""Word and Excel files without their properties, and their pictures without the camera's words."""

import re
import zipfile
from typing import BinaryIO, cast

from tips.files.cleaning.copy import Copy
from tips.files.cleaning.pictures import JPEG_HEAD, PNG_HEAD, without_words
from tips.sealing.spool import SealedSpool

EMPTY = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
REMARKS = re.compile(r"^(word/comments|word/people|xl/comments|xl/threadedcomments|xl/persons|xl/revisions)")
WRITER = re.compile(rb"[\w.-]:author\s*=")
"""Every kind of recorded change names who made it: of words, of their look, of cells, of whole sections."""
OTHER_LETTERS = (b"\xff\xfe", b"\xfe\xff")
"""UTF-16: no office program writes it, and nothing is found in it."""
INNER = ("media", "embeddings")
MOST_INNER = 60 * 1024 * 1024
THUMBNAIL = "docprops/thumbnail."
TAG = rb"<(?:[\w.-]+:)?%s\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(?:/>|>\s*</(?:[\w.-]+:)?%s\s*>)"
MAKERS = re.compile(b"|".join(TAG % (name, name) for name in (b"absPath", b"fileSharing")))
"""Where the workbook lay on its maker's disk, and who kept it from being written to."""
TO_THUMBNAIL = re.compile(rb"<Relationship\b[^>]*docProps/thumbnail\.[^>]*?(?:/>|>\s*</Relationship\s*>)")
WITHOUT = {"xl/workbook.xml": MAKERS, "_rels/.rels": TO_THUMBNAIL}
PIECE = 1024 * 1024
NO_DAY = (1980, 1, 1, 0, 0, 0)


class _OnlyWritten:
    """Lets the archive be written straight on, without looking back."""

    def __init__(self, spool: SealedSpool) -> None:
        self.write = spool.write

    def flush(self) -> None:
        """Nothing is held back."""


def office_residue(file: BinaryIO) -> str:
    """Whether remarks or recorded changes name people, or something inside cannot be cleaned."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if any(REMARKS.match(entry.filename.lower()) for entry in entries):
            return "remarks"
        if any(_names_writers(archive, entry) for entry in entries):
            return "remarks"
        if any(_stays(archive, entry) for entry in entries if _is_inner(entry)):
            return "inner_files"
    return ""


def clean_office(file: BinaryIO, media_type: str) -> Copy:
    """The archive written anew, entry by entry."""
    spool = SealedSpool()
    file.seek(0)
    with (
        zipfile.ZipFile(file) as source,
        zipfile.ZipFile(cast(BinaryIO, _OnlyWritten(spool)), "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            _copy(source, entry, target)
    spool.finish()
    return Copy(cast(BinaryIO, spool.reader()), spool.size, media_type)


def _copy(source: zipfile.ZipFile, entry: zipfile.ZipInfo, target: zipfile.ZipFile) -> None:
    made = zipfile.ZipInfo(entry.filename, NO_DAY)
    made.compress_type = zipfile.ZIP_DEFLATED
    if entry.filename.lower().startswith(THUMBNAIL):
        return
    if entry.filename in EMPTY:
        target.writestr(made, EMPTY[entry.filename])
    elif entry.filename in WITHOUT:
        target.writestr(made, WITHOUT[entry.filename].sub(b"", source.read(entry)))
    elif (picture := _clean_picture(source, entry)) is not None:
        target.writestr(made, picture)
    else:
        with source.open(entry) as plain, target.open(made, "w") as written:
            while piece := plain.read(PIECE):
                written.write(piece)


def _is_inner(entry: zipfile.ZipInfo) -> bool:
    return not entry.is_dir() and any(part in INNER for part in entry.filename.lower().split("/")[:-1])


def _stays(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    return _clean_picture(archive, entry) is None


def _clean_picture(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """A picture by its first bytes, whatever it is called; None for what stays as it is."""
    with archive.open(entry) as inner:
        head = inner.read(len(PNG_HEAD))
        if entry.file_size > MOST_INNER or not head.startswith((JPEG_HEAD, PNG_HEAD)):
            return None
        return without_words(head + inner.read())


def _names_writers(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.lower()
    if not name.startswith("word/") or not name.endswith(".xml"):
        return False
    before = b""
    with archive.open(entry) as words:
        while piece := words.read(PIECE):
            if WRITER.search(before + piece) or (not before and piece.startswith(OTHER_LETTERS)):
                return True
            before = piece[-64:]
    return False
