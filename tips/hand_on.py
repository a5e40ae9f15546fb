"""Copies of a tip's files for the case: chosen by the officer, cleared of what cameras write into them."""

import hashlib
import io
from datetime import datetime

from PIL import Image, ImageOps

from casework import storage
from casework.errors import StoreDown
from casework.models import Evidence
from casework.rules.custody import retained_until
from tips import attachments, contents
from tips.models import Tip, TipFile
from workflows.errors import TryLater

PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def hand_on_files(tip: Tip, *, account_id: int, now: datetime) -> None:
    """Make one piece of evidence of each chosen file; a repeat finds them made. Raises: TryLater."""
    key = contents.content_key(tip)
    for file in tip.files.filter(is_handed_on=True, state=TipFile.State.STORED):
        object_key = f"evidence/{tip.case_id}/tip/{file.pk}"
        if not Evidence.objects.filter(object_key=object_key).exists():
            _hand_on(tip, file, key, object_key, account_id, now)


def _hand_on(tip: Tip, file: TipFile, key: bytes, object_key: str, account_id: int, now: datetime) -> None:
    assert tip.case_id is not None, "files are handed on when the case is open"
    until = retained_until(now)
    try:
        content = without_metadata(attachments.read(file, key), file.media_type)
        stored = storage.put(
            object_key, io.BytesIO(content), len(content), media_type=file.media_type, retained_until=until
        )
    except StoreDown as error:
        raise TryLater from error
    evidence = Evidence.objects.create(
        case_id=tip.case_id,
        kind=kind_of(file.media_type),
        title=file.reviewed_name,
        file_name=file.reviewed_name,
        media_type=file.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        object_key=object_key,
        version_id=stored.version_id,
        retained_until=until,
        state=Evidence.State.STORED,
        added_by_id=account_id,
        added_at=now,
        stored_at=now,
    )
    evidence.custody.create(act="received", at=now, note="", actor_id=account_id)


def without_metadata(content: bytes, media_type: str) -> bytes:
    """A picture drawn anew: place, time and device are gone; other files come back as they are."""
    if media_type not in PICTURES:
        return content
    with Image.open(io.BytesIO(content)) as picture:
        upright = ImageOps.exif_transpose(picture)
        clean = Image.new(upright.mode, upright.size)
        clean.paste(upright)
        if upright.mode == "P":
            clean.putpalette(upright.getpalette() or [])
    target = io.BytesIO()
    clean.save(target, PICTURES[media_type], quality=95)
    return target.getvalue()


def kind_of(media_type: str) -> str:
    """The legal kind of evidence that a type of file usually is; the handlers may change it."""
    family = media_type.partition("/")[0]
    if family in {"audio", "video"}:
        return Evidence.Kind.AUDIOVISUAL
    return Evidence.Kind.ELECTRONIC if family == "image" else Evidence.Kind.DOCUMENTARY
