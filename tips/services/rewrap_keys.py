"""Wrap the keys of tips anew under the current master keys, a batch at a time, while everything goes on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tips.models import TipKey
from tips.sealing import envelopes, key_ring
from tips.sealing.envelopes import SealBroken
from tips.sealing.key_ring import Ring
from workflows import journal

BATCH = 200
Wrap = Callable[[bytes, str], bytes]
WRAPPED: dict[str, tuple[Callable[[], Ring], Callable[..., bytes], Wrap]] = {
    "for_bureau": (key_ring.content, envelopes.unwrap_for_bureau, envelopes.wrap_for_bureau),
    "identity": (key_ring.identity, envelopes.unwrap_identity_key, envelopes.wrap_identity_key),
}
"""Column → its master keys, how it is opened and how it is wrapped."""


@dataclass
class Batch:
    """What one batch did; `last` is the last tip that was looked at, or None when there was no further one."""

    last: int | None
    looked_at: int = 0
    rewrapped: int = 0
    closed: list[str] = field(default_factory=list)
    """Numbers of tips whose keys no master key of the settings opens."""


def rewrap_batch(*, after: int, now: datetime, size: int = BATCH) -> Batch:
    """Look at the next tips after that id and wrap anew what is under another key than the current one.

    The rows stay locked until the batch is committed: whoever adds an identity or destroys the keys comes before
    or after it. What a batch did is one entry of the journal. A run that is killed is begun again from the start:
    what is done already is only looked at.
    """
    with transaction.atomic():
        rows = TipKey.objects.select_for_update(of=("self",)).select_related("tip")
        found = list(rows.filter(tip_id__gt=after, destroyed_at=None).order_by("tip_id")[:size])
        done = Batch(last=found[-1].pk if found else None, looked_at=len(found))
        changed = [row for row in found if _rewrap(row, done)]
        TipKey.objects.bulk_update(changed, list(WRAPPED))
        if changed:
            journal.record("keys_rewrapped", now=now, agent="command", keys=done.rewrapped, **_names())
    return done


def _rewrap(row: TipKey, done: Batch) -> bool:
    is_changed = False
    for column, (ring, unwrap, wrap) in WRAPPED.items():
        wrapped = getattr(row, column)
        if wrapped is None or envelopes.master_of(wrapped) == ring().current.id:
            continue
        try:
            key = unwrap(wrapped, row.tip.number)
        except SealBroken:
            done.closed.append(row.tip.number)
            continue
        setattr(row, column, wrap(key, row.tip.number))
        done.rewrapped += 1
        is_changed = True
    return is_changed


def _names() -> dict[str, str]:
    return {column: ring().current.id.hex() for column, (ring, _unwrap, _wrap) in WRAPPED.items()}
