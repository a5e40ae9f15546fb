"""The head of a day leaves the database: under lock in the store, by mail to whoever is a witness."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from casework import storage
from casework.errors import ObjectLocked
from casework.services.publish_journal_head import send_head, store_head
from workflows import journal
from workflows.background.relay import drain
from workflows.errors import TryLater
from workflows.models import JournalHead, OutboxEntry
from workflows.sealing.heads import published
from workflows.sealing.sealer import seal

pytestmark = pytest.mark.django_db
WITNESSES = ["journal@province.example", "archive@city.example"]


@pytest.fixture
def signed(moment: datetime) -> Callable[[], JournalHead]:
    """Seal an entry and close its day."""

    def make() -> JournalHead:
        journal.record("sample_written", now=moment)
        seal(moment)
        seal(moment + timedelta(days=1))
        return JournalHead.objects.get()

    return make


def test_the_relay_stores_a_new_head_under_lock_and_mails_it(signed, moment, settings) -> None:
    settings.JOURNAL_WITNESSES = WITNESSES
    head = signed()

    drain(moment + timedelta(days=1))

    copies = dict(head.copies.values_list("kind", "place"))
    assert set(copies) == {"store", "mail"}
    key, version = copies["store"].split()
    assert json.loads(storage.get(key, version)) == published(head)
    with pytest.raises(ObjectLocked):
        storage.discard(key, version)
    (sent,) = mail.outbox
    assert sent.to == WITNESSES
    assert "2025-03-12" in sent.subject
    assert json.loads(sent.attachments[0].content) == published(head)
    assert not OutboxEntry.objects.filter(key__startswith="journal-head:", done_at=None).exists()


def test_a_second_attempt_stores_nothing_again(signed, moment) -> None:
    head = signed()
    store_head(head, now=moment)
    key = head.copies.get().place.split()[0]
    before = len(storage.versions(key))

    store_head(head, now=moment)

    assert len(storage.versions(key)) == before
    assert head.copies.count() == 1


def test_without_witnesses_nothing_is_mailed(signed, moment, settings) -> None:
    settings.JOURNAL_WITNESSES = []

    send_head(signed(), key="k", now=moment)

    assert mail.outbox == []


def test_a_mail_server_that_is_down_is_asked_again(signed, moment, settings, monkeypatch) -> None:
    settings.JOURNAL_WITNESSES = WITNESSES
    head = signed()

    def refuse(*_: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)

    with pytest.raises(TryLater):
        send_head(head, key="k", now=moment)
    assert not head.copies.filter(kind="mail").exists()
