"""Word and Excel files without their properties, and their pictures without the camera's words."""

import re
import zipfile
from typing import BinaryIO, cast

from tips.cleaning.copy import Copy
from tips.cleaning.pictures import without_words
from tips.sealed_spool import SealedSpool

EMPTY = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
REMARKS = re.compile(r"^(word/comments|word/people|xl/comments|xl/threadedcomments|xl/persons|xl/revisions)")
CHANGES = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo) ")
PIECE = 1024 * 1024
NO_DAY = (1980, 1, 1, 0, 0, 0)


class _OnlyWritten:
    """Lets the archive be written straight on, without looking back."""

    def __init__(self, spool: SealedSpool) -> None:
        self.write = spool.write

    def flush(self) -> None:
        """Nothing is held back."""


def office_residue(file: BinaryIO) -> str:
    """Whether remarks or recorded changes name people."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        if any(REMARKS.match(name.lower()) for name in archive.namelist()):
            return "remarks"
        if "word/document.xml" in archive.namelist() and _has_changes(archive):
            return "remarks"
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
    if entry.filename in EMPTY:
        target.writestr(made, EMPTY[entry.filename])
    elif entry.filename.lower().endswith((".jpg", ".jpeg", ".png")):
        picture = source.read(entry)
        target.writestr(made, without_words(picture) or picture)
    else:
        with source.open(entry) as plain, target.open(made, "w") as written:
            while piece := plain.read(PIECE):
                written.write(piece)


def _has_changes(archive: zipfile.ZipFile) -> bool:
    before = b""
    with archive.open("word/document.xml") as words:
        while piece := words.read(PIECE):
            if CHANGES.search(before + piece):
                return True
            before = piece[-32:]
    return False
