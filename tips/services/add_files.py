"""Add files to a tip that was filed before, or send again what the store did not take."""

from collections.abc import Sequence
from datetime import datetime

from casework.errors import StoreDown
from tips.attachments import Attachment, put_away
from tips.models import Tip, TipFile
from tips.services.file_tip import add_files as note_files
from workflows.door.commands import matter_of

MOST_FILES = 30


def add_files(
    tip: Tip, files: Sequence[Attachment], *, content_key: bytes, key: str, now: datetime
) -> list[TipFile]:
    """Store further files; one that was awaited is recognised by the mark of its bytes.

    Nothing is noted unless the store took everything. Raises: StoreDown, Repeated.
    """
    stored = put_away(files)
    if not all(file.is_stored for file in stored):
        raise StoreDown
    with matter_of(tip.leading_run, actor=None, key=f"add_files:{key}", now=now, agent="tipster") as act:
        forget_awaited(tip, [mark for file in files for mark in file.marks])
        noted = note_files(act, tip, stored, content_key=content_key)
        act.record("files_added", run=tip.run, files=len(noted))
    return noted


def forget_awaited(tip: Tip, marks: Sequence[str]) -> None:
    """Drop the rows of files that were awaited and have arrived now."""
    tip.files.filter(state=TipFile.State.AWAITED, content_mark__in=marks).delete()
