"""Add files to a tip that was filed before, or send again what the store did not take."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from tips.errors import UploadRefused
from tips.files.attachments import Attachment
from tips.files.sentences import NO_MORE_FILES
from tips.files.uploads import MOST_FILES_OF_TIP
from tips.models import Tip, TipFile
from tips.services.file_tip import add_files as note_files
from tips.services.send_files import stored_or_refused
from workflows.door.commands import matter_of


def add_files(
    tip: Tip, files: Sequence[Attachment], *, content_key: bytes, key: str, now: datetime
) -> list[TipFile]:
    """Store further files; one that was awaited is recognised by the mark of its bytes.

    Nothing is noted unless the store took everything. Raises: UploadRefused, StoreDown, Repeated.
    """
    marks = [mark for file in files for mark in file.marks]
    held = tip.files.count() - _awaited(tip, marks).count() + tip.uploads.count()
    if held + len(files) > MOST_FILES_OF_TIP:
        raise UploadRefused(NO_MORE_FILES)
    stored = stored_or_refused(files)
    with matter_of(tip.leading_run, actor=None, key=f"add_files:{key}", now=now, agent="tipster") as act:
        forget_awaited(tip, marks)
        noted = note_files(act, tip, stored, content_key=content_key)
        act.record("files_added", run=tip.run, files=len(noted))
    return noted


def forget_awaited(tip: Tip, marks: Sequence[str]) -> None:
    """Drop the rows of files that were awaited and have arrived now."""
    _awaited(tip, marks).delete()


def _awaited(tip: Tip, marks: Sequence[str]) -> QuerySet[TipFile]:
    return tip.files.filter(state=TipFile.State.AWAITED, content_mark__in=marks)
