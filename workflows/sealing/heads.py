"""Heads: one signed statement a day over all batches of that day, handed to whoever keeps copies outside."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from workflows.background import poke
from workflows.models import JournalBatch, JournalHead, JournalHeadCopy, OutboxEntry
from workflows.rules.calendar import civil_date
from workflows.rules.merkle import leaf_hash, root_of
from workflows.sealing import canonical, keys

_publishers: list[str] = []


def published_by(operation: str) -> None:
    """Let a registered effect carry every new head out of the database; its payload is `{"head": number}`."""
    if operation not in _publishers:
        _publishers.append(operation)


def close_days(now: datetime) -> None:
    """Sign the heads of days that are over; call it under the sealer's lock, in its transaction."""
    while True:
        last = JournalHead.objects.order_by("-number").first()
        # A look at one row: the first batch without a head tells whether a day is over.
        first = JournalBatch.objects.filter(number=last.last_batch + 1 if last else 1).first()
        if first is None or first.day >= civil_date(now):
            return
        _publish(_sign(first.day, last, now), now)


def note_copy(head: JournalHead, kind: str, place: str, *, now: datetime) -> None:
    """Remember where a head lies outside; a second time changes nothing."""
    copy = JournalHeadCopy(head=head, kind=kind, place=place, made_at=now)
    JournalHeadCopy.objects.bulk_create([copy], ignore_conflicts=True)


def published(head: JournalHead) -> dict[str, Any]:
    """The head as it is published: whoever has the public key checks it without the product."""
    return {
        "format": "fundguard-journal-head-1",
        "head": canonical.head_text(head),
        "signature": bytes(head.signature).hex(),
        "public_key": keys.trusted().get(head.key_id, b"").hex(),
    }


def batches_of(head: JournalHead) -> list[JournalBatch]:
    """The batches under a head, in order."""
    span = (head.first_batch, head.last_batch)
    return list(JournalBatch.objects.filter(number__range=span).order_by("number"))


def leaves_of(batches: list[JournalBatch]) -> list[bytes]:
    """Leaf hashes of the tree of a day: its leaves are the hashes of the batches."""
    return [leaf_hash(bytes(batch.hash)) for batch in batches]


def _sign(day: date, last: JournalHead | None, now: datetime) -> JournalHead:
    batches = list(JournalBatch.objects.filter(day=day).order_by("number"))
    head = JournalHead(
        number=last.number + 1 if last else 1,
        day=day,
        previous_hash=bytes(last.hash) if last else canonical.FIRST,
        first_batch=batches[0].number,
        last_batch=batches[-1].number,
        entry_count=sum(batch.size for batch in batches),
        root=root_of(leaves_of(batches)),
        signed_at=now,
        key_id=keys.key_id(),
    )
    text = canonical.head_text(head)
    head.hash, head.signature = canonical.hash_of(text), keys.sign(text)
    head.save(force_insert=True)
    return head


def _publish(head: JournalHead, now: datetime) -> None:
    OutboxEntry.objects.bulk_create(
        OutboxEntry(
            key=f"journal-head:{head.number}:{operation}",
            operation=operation,
            payload={"head": head.number},
            next_try_at=now,
            created_at=now,
        )
        for operation in _publishers
    )
    transaction.on_commit(poke.Pokes(outbox=bool(_publishers)).send, robust=True)
