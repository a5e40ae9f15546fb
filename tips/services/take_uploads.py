"""Uploads become files of a tip: with the filing, on the status page, or by the sweep."""

import contextlib
from collections.abc import Iterable
from datetime import datetime

from tips.files.baskets import Owner
from tips.models import Tip, TipFile, TipUpload
from tips.sealing import file_seals
from workflows.door.commands import matter_of
from workflows.door.transaction import Act
from workflows.errors import Repeated


def take_basket(act: Act, tip: Tip, owner: Owner, *, content_key: bytes) -> int:
    """Hand the uploads of a form to its tip; returns how many are not whole and may go on from the status page."""
    uploads = list(owner.uploads().select_for_update())
    for upload in uploads:
        key = file_seals.unwrap_key(owner.wrapping_key, upload.pk, upload.wrapped_key)
        upload.wrapped_key = file_seals.wrap_key(content_key, upload.pk, key)
        upload.tip, upload.basket = tip, ""
        upload.save()
    whole = [upload for upload in uploads if upload.is_whole]
    _become_files(act, tip, whole)
    return len(uploads) - len(whole)


def adopt(upload: TipUpload, *, now: datetime) -> None:
    """Make a file of a whole upload of a filed tip. A repeat does nothing."""
    tip = upload.tip
    if tip is None or not upload.is_whole:
        return
    key = f"adopt_upload:{upload.pk}"
    matter = matter_of(tip.leading_run, actor=None, key=key, now=now, agent="tipster")
    with contextlib.suppress(Repeated), matter as act:
        _become_files(act, tip, [upload])
        act.record("files_added", run=tip.run, files=1)


def want_check(act: Act, tip: Tip, file: TipFile) -> None:
    """Let a worker look into a file that was received."""
    act.send("tips.check_file", key=f"check_file:{file.pk}", payload={"file": str(file.pk)}, run=tip.run)


def _become_files(act: Act, tip: Tip, uploads: Iterable[TipUpload]) -> None:
    for upload in uploads:
        file = TipFile.objects.create(
            id=upload.pk,
            tip=tip,
            wrapped_key=upload.wrapped_key,
            sealed_name=upload.sealed_name,
            media_type=upload.media_type,
            size=upload.size,
            object_key=upload.object_key,
            version_id=upload.version_id,
            state=TipFile.State.RECEIVED,
            added_at=act.now,
        )
        upload.delete()
        want_check(act, tip, file)
