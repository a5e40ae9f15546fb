"""Celery tasks: thin calls of the background work. A task carries no promise of its own; the rows do."""

import time
from collections.abc import Callable

from celery import shared_task

from workflows.background import relay, timers
from workflows.incidents import detector
from workflows.now import now

# A job that goes on for ever would keep its worker from everything else; the next beat goes on where it ended.
LONGEST_JOB_S = 4.0


@shared_task(name="workflows.relay_outbox", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def relay_outbox() -> int:
    """Carry out due effects for some seconds."""
    return _repeat(lambda: relay.relay_one(now()))


@shared_task(name="workflows.fire_due_timers", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def fire_due_timers() -> int:
    """Fire due timers for some seconds; those that failed before come one to a batch."""
    return _repeat(lambda: timers.fire_batch(now()) + timers.retry_one(now()))


@shared_task(name="workflows.watch_runs", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def watch_runs() -> int:
    """Look once for runs that stand still and for incidents that are over."""
    return detector.watch(now())


def _repeat(some: Callable[[], int]) -> int:
    done, end = 0, time.monotonic() + LONGEST_JOB_S
    while time.monotonic() < end and (count := some()):
        done += count
    return done
