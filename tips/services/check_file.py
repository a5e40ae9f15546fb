"""Look into a file that was received: keep it under lock, or refuse it."""

import contextlib
import hashlib
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.db import transaction

from casework import storage
from casework.errors import ObjectLocked, ObjectMissing, StoreDown
from casework.rules.custody import tip_file_retained_until
from tips.coming_back import letterbox
from tips.files import attachments
from tips.files.cleaning import residue_of
from tips.files.inspection import Unfit, inspect
from tips.models import TipFile
from tips.sealing import contents, file_seals
from tips.sealing.envelopes import SealBroken
from tips.services.add_files import forget_awaited
from workflows import journal
from workflows.errors import TryLater


def check_file(file_id: UUID | str, *, now: datetime) -> None:
    """Read the whole file once, find its true type, then lock the object or discard it; a repeat does nothing.

    A refused file reaches neither the case nor an officer; the tipster reads on the status page what to do.
    Locks the file's row. Raises: TryLater while the store does not answer.
    """
    with transaction.atomic():
        found = TipFile.objects.select_for_update(of=("self",)).select_related("tip__run")
        file = found.filter(pk=file_id, state=TipFile.State.RECEIVED).first()
        if file is None:
            return
        try:
            _look_into(file, contents.content_key(file.tip))
        except StoreDown as error:
            raise TryLater from error
        except (ObjectMissing, SealBroken):
            _refuse(file, "lost", now)
        except Unfit as unfit:
            _refuse(file, unfit.code, now)
        else:
            _keep(file, now)


def _look_into(file: TipFile, content_key: bytes) -> None:
    key = attachments.file_key(file, content_key)
    digest = hashlib.sha256()
    for piece in attachments.stream(file, content_key):
        digest.update(piece)
    if file.sealed_digest and file_seals.open_digest(key, file.pk, file.sealed_digest) != digest.digest():
        raise SealBroken
    file.sealed_digest = file_seals.seal_digest(key, file.pk, digest.digest())
    file.content_mark = file_seals.content_mark(digest.digest())
    forget_awaited(file.tip, file_seals.content_marks(digest.digest()))
    name = attachments.name_of(file, content_key)
    with attachments.Reading(file, content_key) as reading:
        plain = cast(BinaryIO, reading)
        file.media_type = inspect(plain, file.size, name)
        file.residue = residue_of(plain, file.size, file.media_type)


def _keep(file: TipFile, now: datetime) -> None:
    until = tip_file_retained_until(now)
    try:
        storage.lock(file.object_key, file.version_id, until)
    except StoreDown as error:
        raise TryLater from error
    except ObjectLocked:  # an earlier try, undone here afterwards, has locked it for longer
        until = storage.locked_until(file.object_key, file.version_id) or until
    file.state, file.checked_at, file.retained_until = TipFile.State.CHECKED, now, until
    file.save()
    journal.record("file_checked", now=now, agent="relay", run=file.tip.run, file=str(file.pk))


def _refuse(file: TipFile, code: str, now: datetime) -> None:
    file.state, file.refusal, file.checked_at = TipFile.State.REFUSED, code, now
    file.save()
    journal.record("file_refused", now=now, agent="relay", run=file.tip.run, file=str(file.pk), reasons=code)
    letterbox.nudge(file.tip, key=f"file_refused:{file.pk}", now=now)
    transaction.on_commit(lambda: _discard_now(file))


def _discard_now(file: TipFile) -> None:
    with contextlib.suppress(StoreDown):  # the sweep finds it again
        discard(file)


def discard(file: TipFile) -> None:
    """Remove the object of a refused file from the store; noted by its empty version. Raises: StoreDown."""
    if file.state != TipFile.State.REFUSED or not file.version_id:
        return
    try:
        storage.discard(file.object_key, file.version_id)
    except ObjectLocked:  # an earlier try, undone here afterwards, has locked it: it goes when the lock ends
        until = storage.locked_until(file.object_key, file.version_id)
        TipFile.objects.filter(pk=file.pk).update(retained_until=until)
        return
    TipFile.objects.filter(pk=file.pk).update(version_id="")
