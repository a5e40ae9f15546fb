"""Copies of a tip's files for the case: chosen by the officer, cleared of what names their makers."""

import hashlib
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO, cast

from casework import storage
from casework.errors import StoreDown
from casework.models import Evidence
from casework.rules.custody import retained_until
from tips.files import attachments
from tips.files.cleaning import cleaned
from tips.files.types import ENDINGS
from tips.models import Tip, TipFile
from tips.sealing import contents
from workflows.errors import TryLater

PIECE = 1024 * 1024


def hand_on_files(tip: Tip, *, account_id: int, now: datetime) -> None:
    """Make one piece of evidence of each chosen file; a repeat finds them made. Raises: TryLater.

    The files stay locked for the transaction: two officers who hand on different files let two effects run at once.
    """
    key = contents.content_key(tip)
    chosen = tip.files.filter(is_handed_on=True, state=TipFile.State.CHECKED).order_by("pk")
    for file in chosen.select_for_update(of=("self",)):
        object_key = f"evidence/{tip.case_id}/tip/{file.pk}"
        if not Evidence.objects.filter(object_key=object_key).exists():
            _hand_on(tip, file, key, object_key, account_id, now)


def _hand_on(tip: Tip, file: TipFile, key: bytes, object_key: str, account_id: int, now: datetime) -> None:
    assert tip.case_id is not None, "files are handed on when the case is open"
    until = retained_until(now)
    try:
        with attachments.Reading(file, key) as reading:
            copy = cleaned(cast(BinaryIO, reading), file.size, file.media_type)
            digest = _digest(copy.file)
            stored = storage.put(
                object_key, copy.file, copy.size, media_type=copy.media_type, retained_until=until
            )
    except StoreDown as error:
        raise TryLater from error
    name = _named(file.reviewed_name, copy.media_type)
    evidence = Evidence.objects.create(
        case_id=tip.case_id,
        kind=kind_of(copy.media_type),
        title=file.reviewed_name,
        file_name=name,
        media_type=copy.media_type,
        size=copy.size,
        sha256=digest,
        object_key=object_key,
        version_id=stored.version_id,
        retained_until=until,
        state=Evidence.State.STORED,
        added_by_id=account_id,
        added_at=now,
        stored_at=now,
    )
    evidence.custody.create(act="received", at=now, note=tip.register_number, actor_id=account_id)


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def _named(name: str, media_type: str) -> str:
    """The reviewed name with an ending that fits what is inside."""
    endings = ENDINGS[media_type]
    return name if PurePath(name).suffix.lower() in endings else f"{name[: 120 - 5]}{endings[0]}"


def kind_of(media_type: str) -> str:
    """The legal kind of evidence that a type of file usually is; the handlers may change it."""
    family = media_type.partition("/")[0]
    if family in {"audio", "video"}:
        return Evidence.Kind.AUDIOVISUAL
    return Evidence.Kind.ELECTRONIC if family == "image" else Evidence.Kind.DOCUMENTARY
