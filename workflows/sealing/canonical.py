"""The bytes that are hashed and signed, defined once. Another form gets another version; old seals keep theirs."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workflows.models import JournalBatch, JournalEntry, JournalHead

VERSION = 1
FIRST = bytes(32)
"""What the first batch and the first head name as the hash before them."""


def as_text(facts: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no spaces, no escapes but those that JSON needs."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def hash_of(text: str) -> bytes:
    """SHA-256 of a canonical text in UTF-8."""
    return hashlib.sha256(text.encode()).digest()


def entry_text(entry: JournalEntry) -> str:
    """One entry as the database holds it. Read the row first: the database may round what was written."""
    return as_text(
        {
            "kind": "entry",
            "version": VERSION,
            "id": entry.pk,
            "at": _moment(entry.at),
            "act": entry.act,
            "actor": entry.actor_id,
            "agent": entry.agent,
            "family": _key(entry.family_id),
            "run": _key(entry.run_id),
            "subject_kind": entry.subject_kind,
            "subject_id": entry.subject_id,
            "element": entry.element_id,
            "details": entry.details,
        }
    )


def leaf_input(salt: bytes, text: str) -> bytes:
    """What a leaf hashes: random bytes first, so that a neighbour's hash in a proof tells nothing of its entry."""
    return salt + text.encode()


def batch_text(batch: JournalBatch) -> str:
    """The header of a batch."""
    return as_text(
        {
            "kind": "batch",
            "version": VERSION,
            "number": batch.number,
            "previous": bytes(batch.previous_hash).hex(),
            "size": batch.size,
            "root": bytes(batch.root).hex(),
            "sealed_at": _moment(batch.sealed_at),
            "day": batch.day.isoformat(),
            "floor": batch.floor_id,
            "next_floor": batch.next_floor_id,
            "highest": batch.highest_id,
            "seen_until": batch.seen_until,
            "key": batch.key_id,
        }
    )


def head_text(head: JournalHead) -> str:
    """The head of a day."""
    return as_text(
        {
            "kind": "head",
            "version": VERSION,
            "number": head.number,
            "day": head.day.isoformat(),
            "previous": bytes(head.previous_hash).hex(),
            "first_batch": head.first_batch,
            "last_batch": head.last_batch,
            "entries": head.entry_count,
            "root": bytes(head.root).hex(),
            "signed_at": _moment(head.signed_at),
            "key": head.key_id,
        }
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _key(value: Any) -> str | None:
    return None if value is None else str(value)
