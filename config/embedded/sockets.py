"""Where servers keep their Unix sockets; the system's limit of 107 bytes breaks deep folders."""

import os
import shutil
import tempfile
from pathlib import Path

LIMIT = 100
PREFIX = "fundguard-"


def folder_for(data: Path, longest_name: str) -> Path:
    """The data folder itself, or for a deep one a fresh folder in the system's temporary folder."""
    if len(os.fsencode(data / longest_name)) <= LIMIT:
        return data
    short = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
    _note(data).write_text(str(short))
    return short


def clear(data: Path) -> None:
    """Remove the temporary folder of the last start, if there was one."""
    if _note(data).exists():
        short = Path(_note(data).read_text())
        if short.name.startswith(PREFIX):
            shutil.rmtree(short, ignore_errors=True)
        _note(data).unlink()


def _note(data: Path) -> Path:
    return data.parent / f"{data.name}.sockets"
