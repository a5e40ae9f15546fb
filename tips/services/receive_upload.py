"""Receive a large file in parts: each sealed and stored at once, nothing of it kept here."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from casework import storage
from casework.errors import ObjectMissing
from casework.rules.media_types import HEAD
from tips.errors import BeingSent, UploadGone, UploadRefused, WrongPlace
from tips.files.attachments import new_object_key
from tips.files.baskets import Owner
from tips.files.names import safe_name
from tips.files.sentences import NO_MORE_FILES, NO_ROOM, refusal_sentence
from tips.files.types import fits_name, type_of
from tips.files.uploads import MOST_FILES_OF_TIP
from tips.models import TipUpload
from tips.sealing import envelopes, file_seals
from tips.sealing.stream import seal_part, sealed_size

PART = 8 * 1024 * 1024
"""How much of a file comes in one request; the last part is what is left."""
LARGEST_UPLOAD = 2 * 1024**3
MOST_UPLOADS = 10
MOST_BYTES = 6 * 1024**3
LIFE = timedelta(days=2)


def begin_upload(owner: Owner, *, name: str, size: int, now: datetime) -> TipUpload:
    """Note a file that is going to arrive, with the store's name for it: nothing lies there that no row knows of.

    Raises: UploadRefused, StoreDown.
    """
    name = safe_name(name)
    _check_size(name, size)
    _check_quota(owner, size)
    _check_room(owner, 0)
    key = envelopes.new_key()
    upload = TipUpload(
        tip=owner.tip,
        basket=owner.basket,
        size=size,
        object_key=new_object_key(),
        started_at=now,
        expires_at=now + LIFE,
    )
    upload.wrapped_key = file_seals.wrap_key(owner.wrapping_key, upload.pk, key)
    upload.sealed_name = file_seals.seal_name(key, upload.pk, name)
    upload.store_upload = storage.begin_parts(upload.object_key)
    upload.save(force_insert=True)
    return upload


def upload_of(owner: Owner, upload_id: UUID) -> TipUpload:
    """One upload. Raises: UploadGone."""
    found = owner.uploads().filter(pk=upload_id).first()
    if found is None:
        raise UploadGone
    return found


def receive_part(owner: Owner, upload_id: UUID, *, offset: int, part: bytes, now: datetime) -> TipUpload:
    """Seal a part and put it into the store; after the last one the object is whole.

    Locks the upload's row while the store answers: a process that dies lets go of it, and nothing was noted.
    Raises: UploadGone, BeingSent, WrongPlace, UploadRefused, StoreDown.
    """
    with _locked(owner, upload_id) as upload:
        if offset != upload.arrived or upload.is_whole:
            raise WrongPlace
        if not part or (len(part) != PART and offset + len(part) != upload.size):
            raise UploadRefused(_("This part of the file has the wrong length."), 400)
        _check_room(owner, len(part))
        key = file_seals.unwrap_key(owner.wrapping_key, upload.pk, upload.wrapped_key)
        if offset == 0:
            upload.media_type = _type_of_first(upload, key, part)
        _store(upload, seal_part(key, upload.pk, part, offset=offset, size=upload.size))
        upload.arrived += len(part)
        upload.expires_at = now + LIFE
        if upload.arrived == upload.size:
            upload.version_id = _finished(upload)
        upload.save()
    return upload


def give_up_upload(owner: Owner, upload_id: UUID) -> None:
    """Forget an upload. Raises: UploadGone, BeingSent, StoreDown."""
    with _locked(owner, upload_id) as upload:
        forget(upload)


def forget(upload: TipUpload) -> None:
    """Remove an upload from the store and from here. Raises: StoreDown."""
    if upload.is_whole:
        storage.discard(upload.object_key, upload.version_id)
    elif upload.store_upload:
        storage.drop_parts(upload.object_key, upload.store_upload)
        # A process may have ended between the store's last step and its note here.
        with suppress(ObjectMissing):
            storage.discard(upload.object_key, storage.stat(upload.object_key).version_id)
    upload.delete()


def matches(part: bytes, checksum: str) -> bool:
    """Whether a part is what its header `Upload-Checksum: sha256 …` says; without one it is."""
    if not checksum:
        return True
    algorithm, _space, told = checksum.partition(" ")
    return algorithm == "sha256" and told == b64encode(hashlib.sha256(part).digest()).decode()


def _check_size(name: str, size: int) -> None:
    if size <= 0:
        raise UploadRefused(refusal_sentence("empty", name))
    if size > LARGEST_UPLOAD:
        sentence = _("“%(name)s” is larger than 2 GB. Make it shorter or smaller, or describe it in words.")
        raise UploadRefused(sentence, 413, name=name)


def _check_quota(owner: Owner, size: int) -> None:
    under_way = owner.uploads()
    held = owner.tip.files.count() if owner.tip else 0
    if under_way.count() >= MOST_UPLOADS or under_way.count() + held >= MOST_FILES_OF_TIP:
        raise UploadRefused(NO_MORE_FILES)
    if size + (under_way.aggregate(sum=Sum("size"))["sum"] or 0) > MOST_BYTES:
        raise UploadRefused(_("All files together may be 6 GB. Remove one, or make them smaller."))


def _check_room(owner: Owner, further: int) -> None:
    """What belongs to no report yet may fill only so much of the store; a report's own files go on arriving."""
    if owner.tip is not None:
        return
    arrived = TipUpload.objects.filter(tip=None).aggregate(sum=Sum("arrived"))["sum"] or 0
    if arrived + further >= settings.UNFILED_BYTES:
        raise UploadRefused(NO_ROOM, 429)


@contextmanager
def _locked(owner: Owner, upload_id: UUID) -> Iterator[TipUpload]:
    with transaction.atomic():
        try:
            found = owner.uploads().select_for_update(nowait=True).filter(pk=upload_id).first()
        except OperationalError:
            raise BeingSent from None
        if found is None:
            raise UploadGone
        yield found


def _type_of_first(upload: TipUpload, key: bytes, part: bytes) -> str:
    found = type_of(part[:HEAD])
    name = file_seals.open_name(key, upload.pk, upload.sealed_name)
    if found is None or not fits_name(name, found):
        raise UploadRefused(refusal_sentence("wrong_name" if found else "wrong_type", name), 415)
    return found


def _store(upload: TipUpload, sealed: bytes) -> None:
    number = upload.arrived // PART + 1
    try:
        upload.marks = [
            *upload.marks,
            storage.put_part(upload.object_key, upload.store_upload, number, sealed),
        ]
    except ObjectMissing:
        _require_finished(upload)


def _finished(upload: TipUpload) -> str:
    try:
        return storage.finish_parts(upload.object_key, upload.store_upload, upload.marks)
    except ObjectMissing:
        return _require_finished(upload)


def _require_finished(upload: TipUpload) -> str:
    """The version of an object that an earlier try has finished without living to note it. Raises: UploadGone."""
    try:
        found = storage.stat(upload.object_key)
    except ObjectMissing:
        raise UploadGone from None
    if found.size != sealed_size(upload.size):
        raise UploadGone
    return found.version_id
