"""Carry the head of a day out of the database: into the store under lock, and to the superior bureau by mail."""

import hashlib
import io
import json
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from casework import storage
from casework.errors import ObjectMissing
from casework.rules.custody import retained_until
from workflows.errors import TryLater
from workflows.models import JournalHead
from workflows.sealing.heads import note_copy, published

JSON = "application/json"


def store_head(head: JournalHead, *, now: datetime) -> None:
    """Keep the published head under Object Lock. A repeat takes what lies there. Raises: StoreDown."""
    body = _file(head)
    key = f"journal-heads/{head.day}.json"
    kept = _left_by_a_killed_attempt(key, body) or storage.put(
        key, io.BytesIO(body), len(body), media_type=JSON, retained_until=retained_until(now)
    )
    note_copy(head, "store", f"{key} {kept.version_id}", now=now)


def send_head(head: JournalHead, *, key: str, now: datetime) -> None:
    """Mail the published head to the witnesses that the installation names, usually the superior bureau.

    A repeat carries the same Message-ID. Raises: TryLater when the mail server does not answer.
    """
    if not settings.JOURNAL_WITNESSES:
        return
    mail = EmailMessage(
        subject=_both(gettext_noop("Head of the journal for %(day)s"), day=head.day.isoformat()),
        body=_both(
            gettext_noop("Please keep the attached file: with it, later changes to the journal can be shown.")
        ),
        to=settings.JOURNAL_WITNESSES,
        headers={"Message-ID": f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{_domain()}>"},
        attachments=[(f"journal-head-{head.day}.json", _file(head), JSON)],
    )
    try:
        mail.send()
    except OSError as error:
        raise TryLater from error
    note_copy(head, "mail", ", ".join(settings.JOURNAL_WITNESSES)[:300], now=now)


def _file(head: JournalHead) -> bytes:
    return json.dumps(published(head), ensure_ascii=False, indent=1).encode() + b"\n"


def _left_by_a_killed_attempt(key: str, body: bytes) -> storage.StoredObject | None:
    try:
        found = storage.stat(key)
        is_same = storage.fingerprint(key, found.version_id)[0] == hashlib.sha256(body).hexdigest()
    except ObjectMissing:
        return None
    return found if is_same else None


def _both(sentence: str, **fields: str) -> str:
    """A sentence in both languages: nobody knows which one a mailbox reads."""
    words = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            words.append(gettext(sentence) % fields)
    return " / ".join(dict.fromkeys(words))


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
