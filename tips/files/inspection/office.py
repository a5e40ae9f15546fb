"""Word and Excel files: archives whose directory tells the truth, without macros, programs and far templates."""

import re
import zipfile
import zlib
from typing import BinaryIO

from tips.files.inspection.unfit import MB, Unfit, refuse_larger

MOST_MB = 200
MOST_ENTRIES = 10_000
MOST_UNPACKED = 600 * MB
MOST_RATIO = 150
SMALL = 2 * MB
"""Tables of zeros are packed very tightly: below this the ratio is not asked."""
PIECE = MB
PROGRAMS = (".exe", ".dll", ".scr", ".js", ".vbs", ".ps1", ".bat", ".cmd", ".jar", ".lnk", ".hta", ".msi")
PRINTERS = re.compile(r"^xl/printersettings/printersettings\d*\.bin$")
FAR = re.compile(rb"<Relationship\b[^>]*>", re.IGNORECASE)
LOADED = (b"/attachedtemplate", b"/oleobject", b"/frame", b"/subdocument", b"/externallinkpath")


def glance_at_office(file: BinaryIO, size: int) -> None:
    """Read the directory alone. Raises: Unfit."""
    refuse_larger(size, MOST_MB)
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        _check_sizes(archive.infolist(), size)
        _check_names(archive.infolist())


def inspect_office(file: BinaryIO, size: int) -> None:
    """Read the directory, then unpack every entry once without keeping it. Raises: Unfit."""
    refuse_larger(size, MOST_MB)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_sizes(entries, size)
            _check_names(entries)
            for entry in entries:
                _unpack(archive, entry)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, ValueError):
        raise Unfit("damaged") from None
    except RuntimeError:  # a password is wanted
        raise Unfit("encrypted") from None


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unfit("bomb")
    if sum(entry.compress_size for entry in entries) > size:  # entries that share their bytes
        raise Unfit("bomb")
    if any(
        entry.file_size > SMALL and entry.file_size > entry.compress_size * MOST_RATIO for entry in entries
    ):
        raise Unfit("bomb")


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names) or any(".." in name.split("/") or name.startswith("/") for name in names):
        raise Unfit("damaged")
    if any(_is_program(name) for name in names):
        raise Unfit("macros")


def _is_program(name: str) -> bool:
    if "vbaproject" in name or "vbadata" in name or "activex" in name or name.endswith(PROGRAMS):
        return True
    return name.endswith(".bin") and not PRINTERS.match(name)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    is_told = entry.filename == "[Content_Types].xml"
    is_link = entry.filename.endswith(".rels")
    kept = b""
    with archive.open(entry) as unpacked:
        while piece := unpacked.read(PIECE):
            if (is_told or is_link) and len(kept) < 4 * MB:
                kept += piece
    if is_told and b"macroenabled" in kept.lower():
        raise Unfit("macros")
    if is_link and any(_is_far(found) for found in FAR.findall(kept)):
        raise Unfit("active")


def _is_far(relation: bytes) -> bool:
    lower = relation.lower()
    return b'targetmode="external"' in lower and any(kind in lower for kind in LOADED)
