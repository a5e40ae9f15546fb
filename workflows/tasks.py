"""Celery tasks: thin calls of the relay. A task carries no promise of its own; the rows do."""

from collections.abc import Callable
from datetime import datetime

from celery import shared_task

from workflows import relay
from workflows.now import now

BATCH = 200


@shared_task(name="workflows.relay_outbox", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def relay_outbox() -> int:
    """Carry out due effects, at most a batch."""
    return _repeat(relay.relay_one)


@shared_task(name="workflows.fire_due_timers", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def fire_due_timers() -> int:
    """Fire due timers, at most a batch."""
    return _repeat(relay.fire_one)


def _repeat(one: Callable[[datetime], bool]) -> int:
    done = 0
    while done < BATCH and one(now()):
        done += 1
    return done
