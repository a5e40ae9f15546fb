"""Add files to a tip that was filed before, or send again what the store did not take."""

from collections.abc import Sequence
from datetime import datetime

from casework.errors import StoreDown
from tips.attachments import Attachment, SealedAttachment, put_away
from tips.models import Tip, TipFile
from tips.services.file_tip import add_files as note_files
from workflows.door.commands import matter_of

MOST_FILES = 30


def add_files(
    tip: Tip, files: Sequence[Attachment], *, content_key: bytes, key: str, now: datetime
) -> list[TipFile]:
    """Seal and store further files; one that was awaited is recognised by its fingerprint.

    Nothing is noted unless the store took everything. Raises: StoreDown, Repeated.
    """
    stored = put_away(files, content_key)
    if not all(file.is_stored for file in stored):
        raise StoreDown
    with matter_of(tip.leading_run, actor=None, key=f"add_files:{key}", now=now, agent="tipster") as act:
        _forget_awaited(tip, stored)
        noted = note_files(tip, stored, now=now)
        act.record("files_added", run=tip.run, files=len(noted))
    return noted


def _forget_awaited(tip: Tip, stored: Sequence[SealedAttachment]) -> None:
    arrived = [file.original.sha256 for file in stored]
    tip.files.filter(state=TipFile.State.AWAITED, sha256__in=arrived).delete()
