"""Add evidence: straight from the browser to the store, or as a small file through the form.

A row is made before the bytes come; it becomes evidence only after the server has seen size, fingerprint and
content of what lies in the store. What is refused is taken out of the store again.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from casework import storage
from casework.errors import EvidenceRefused, NotFound
from casework.models import Account, Case, CustodyEntry, Evidence
from casework.permissions import Permission, require
from casework.rules import media_types
from casework.rules.custody import LARGEST_FILE, LARGEST_FORM_FILE, retained_until
from workflows.door.commands import matter_of


@dataclass(frozen=True)
class Announced:
    """What the sender says of a file: size in bytes, SHA-256 in hex or empty when it could not be made."""

    name: str
    size: int
    media_type: str = ""
    sha256: str = ""
    kind: str = Evidence.Kind.ELECTRONIC
    title: str = ""


def begin_upload(*, actor: Account, case: Case, announced: Announced, now: datetime) -> tuple[Evidence, str]:
    """Note a file that is about to come and return a signed link for its bytes.

    Raises: NotFound, EvidenceRefused, StoreDown. Source: PP 19; APL 46.
    """
    require_may_add(actor, case, now)
    _check_announced(announced, LARGEST_FILE)
    evidence = Evidence(
        case=case,
        kind=announced.kind,
        title=_printable(announced.title)[:200] or _plain_name(announced.name),
        file_name=_plain_name(announced.name),
        media_type=_printable(announced.media_type)[:100] or "application/octet-stream",
        size=announced.size,
        sha256=announced.sha256.lower(),
        added_by=actor,
        added_at=now,
    )
    evidence.object_key = f"evidence/{case.pk}/{evidence.pk}"
    link = storage.upload_link(evidence.object_key, sha256=evidence.sha256)
    evidence.save(force_insert=True)
    return evidence, link


def finish_upload(*, actor: Account, evidence: Evidence, key: str, now: datetime) -> Evidence:
    """Check what has arrived, put it under lock and make it evidence. Again: changes nothing.

    Raises: NotFound, ObjectMissing (nothing arrived: send again), EvidenceRefused, StoreDown.
    """
    require_may_add(actor, evidence.case, now)
    if evidence.added_by_id != actor.pk:
        raise NotFound
    if evidence.state == Evidence.State.STORED:
        return evidence
    kept = storage.stat(evidence.object_key)
    sha256, head = storage.fingerprint(evidence.object_key, kept.version_id, head=media_types.HEAD)
    found_type = media_types.media_type(head)
    _refuse_unless_sound(evidence, kept, sha256, found_type)
    until = retained_until(now)
    storage.lock(evidence.object_key, kept.version_id, until)
    evidence.version_id, evidence.sha256, evidence.size = kept.version_id, sha256, kept.size
    evidence.media_type, evidence.retained_until = found_type or "", until
    _store(actor, evidence, key, now)
    return evidence


def add_small_file(
    *, actor: Account, case: Case, file: UploadedFile, kind: str, title: str, key: str, now: datetime
) -> Evidence:
    """The way without JavaScript: at most 20 MB through the form. Raises: as the other two."""
    require_may_add(actor, case, now)
    announced = Announced(file.name or "", file.size or 0, kind=kind, title=title)
    _check_announced(announced, LARGEST_FORM_FILE)
    announced = Announced(announced.name, announced.size, "", _sha256(file), kind, title)
    evidence, _link = begin_upload(actor=actor, case=case, announced=announced, now=now)
    storage.put(
        evidence.object_key, cast(BinaryIO, file.file), announced.size, media_type="application/octet-stream"
    )
    return finish_upload(actor=actor, evidence=evidence, key=key, now=now)


def require_may_add(actor: Account, case: Case, now: datetime) -> None:
    """Only handlers of an open case add evidence. Raises: NotFound, EvidenceRefused."""
    require(actor, case, Permission.HANDLE, now=now)
    if case.closed_at is not None:
        raise EvidenceRefused(_("The case is closed; nothing can be added."))


def _check_announced(announced: Announced, largest: int) -> None:
    if announced.size <= 0:
        raise EvidenceRefused(_("“%(name)s” is empty. Choose the file again."), name=announced.name)
    if announced.size > largest:
        most = f"{largest // 1024**2} MB"
        raise EvidenceRefused(
            _("“%(name)s” is larger than %(most)s. Split it or send it in another way."),
            name=announced.name,
            most=most,
        )
    if announced.sha256 and not _is_sha256(announced.sha256):
        raise EvidenceRefused(
            _("The fingerprint of “%(name)s” is damaged. Send it again."), name=announced.name
        )


def _refuse_unless_sound(
    evidence: Evidence, kept: storage.StoredObject, sha256: str, found_type: str | None
) -> None:
    if kept.size != evidence.size:
        _refuse(evidence, kept, _("“%(name)s” was cut off on its way. Send it again."))
    if evidence.sha256 and evidence.sha256 != sha256:
        _refuse(evidence, kept, _("“%(name)s” changed on its way. Send it again."))
    if found_type is None:
        _refuse(
            evidence,
            kept,
            _("“%(name)s” is not a picture, film, sound, PDF, text or office file. Save it as one of these."),
        )


def _refuse(evidence: Evidence, kept: storage.StoredObject, sentence: object) -> None:
    refusal = EvidenceRefused(sentence, name=evidence.file_name)
    storage.discard(evidence.object_key, kept.version_id)
    evidence.state, evidence.refusal = Evidence.State.REFUSED, str(refusal)[:200]
    evidence.save(update_fields=["state", "refusal"])
    raise refusal


def _store(actor: Account, evidence: Evidence, key: str, now: datetime) -> None:
    with matter_of(evidence.case.leading_run, actor=actor, key=key, now=now) as act:
        evidence.state, evidence.stored_at = Evidence.State.STORED, now
        evidence.save(
            update_fields=[
                "state",
                "stored_at",
                "version_id",
                "sha256",
                "size",
                "media_type",
                "retained_until",
            ]
        )
        note_custody(evidence, "received", actor=actor, now=now)
        act.record(
            "evidence_stored", run=evidence.case.run, evidence=str(evidence.pk), sha256=evidence.sha256
        )


def note_custody(
    evidence: Evidence, did: str, *, actor: Account | None, now: datetime, note: str = ""
) -> CustodyEntry:
    """Add a line to the chain of custody."""
    return CustodyEntry.objects.create(evidence=evidence, act=did, actor=actor, at=now, note=note)


def _plain_name(name: str) -> str:
    """The last part of a name, without paths and control characters, as long as the column."""
    return _printable(PurePath(name.replace("\\", "/")).name)[-200:] or "file"


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())


def _is_sha256(text: str) -> bool:
    return len(text) == 64 and all(letter in "0123456789abcdefABCDEF" for letter in text)


def _sha256(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for part in file.chunks():
        digest.update(part)
    file.seek(0)
    return digest.hexdigest()
