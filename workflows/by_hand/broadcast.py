"""Signals: one message for every run that waits for it at this moment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from workflows.background import poke
from workflows.door.transaction import one_transaction
from workflows.models import OutboxEntry, Run, Subscription


def signal(name: str, data: Mapping[str, Any], *, key: str, now: datetime) -> int:
    """Hand a message to each run that waits for that name; returns to how many.

    The relay delivers it to one run after the other, once each, even when the process is killed in between.
    Raises: Repeated.
    """
    with one_transaction(key, now):
        waiting = Subscription.objects.filter(message=name, run__status=Run.Status.RUNNING)
        runs = waiting.order_by("run_id").values_list("run_id", flat=True).distinct()
        entries = [_delivery(run_id, name, data, f"{key}:{run_id}", now) for run_id in runs]
        OutboxEntry.objects.bulk_create(entries)
        transaction.on_commit(poke.Pokes(outbox=bool(entries)).send, robust=True)
        return len(entries)


def _delivery(run_id: Any, name: str, data: Mapping[str, Any], key: str, now: datetime) -> OutboxEntry:
    return OutboxEntry(
        key=key,
        operation="workflows.deliver",
        payload={"run": str(run_id), "message": name, "data": dict(data)},
        next_try_at=now,
        created_at=now,
    )
