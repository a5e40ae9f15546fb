"""Raising incidents and letting them end: at most one open incident for each thing that fails."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Substr

from workflows.errors import Refusal, Repeated
from workflows.incidents.causes import Cause, cause_of
from workflows.incidents.waiting import standing_still
from workflows.models import InboxEntry, Incident, OutboxEntry, Run, Timer, WorkItem
from workflows.outage import is_outage

logger = logging.getLogger(__name__)
Kind = Incident.Kind
RAISE = """
INSERT INTO workflows_incident (kind, subject_key, run_id, outbox_entry_id, task_id, process_id, element_id, operation,
    fingerprint, error, place, trace, remedy, attempt_count, raised_at, last_failed_at, next_try_at, resolution)
VALUES (%(kind)s, %(key)s, %(run_id)s, %(entry_id)s, %(task_id)s, %(process_id)s, %(element_id)s, %(operation)s,
    %(fingerprint)s, %(error)s, %(place)s, %(trace)s, %(remedy)s, %(attempt)s, %(now)s, %(now)s, %(next_try_at)s, '')
ON CONFLICT (subject_key) WHERE resolved_at IS NULL DO UPDATE SET
    fingerprint = EXCLUDED.fingerprint, error = EXCLUDED.error, place = EXCLUDED.place, trace = EXCLUDED.trace,
    remedy = EXCLUDED.remedy, last_failed_at = EXCLUDED.last_failed_at, next_try_at = EXCLUDED.next_try_at,
    attempt_count = GREATEST(workflows_incident.attempt_count + 1, EXCLUDED.attempt_count)
"""


@dataclass(frozen=True)
class Failed:
    """The thing that failed: one timer, effect, task, message or run, with where it stands in the model."""

    kind: str
    key: str
    run_id: Any = None
    entry_id: int | None = None
    task_id: str = ""
    process_id: str = ""
    element_id: str = ""
    operation: str = ""


def failed_timer(timer: Timer) -> Failed:
    """A timer that could not be fired."""
    key = f"timer:{timer.run_id}:{timer.task_id}"
    return Failed(
        Kind.TIMER,
        key,
        run_id=timer.run_id,
        task_id=timer.task_id,
        process_id=timer.run.process_id,
        element_id=timer.element_id,
    )


def failed_effect(entry: OutboxEntry) -> Failed:
    """An effect that could not be carried out; a message for another run belongs to that run."""
    run_id = entry.run_id or entry.payload.get("run")
    process = Run.objects.filter(pk=run_id).values_list("process_id", flat=True).first() if run_id else None
    return Failed(
        Kind.EFFECT,
        f"effect:{entry.pk}",
        run_id=run_id if process else None,
        entry_id=entry.pk,
        task_id=entry.task_id,
        process_id=process or "",
        element_id=entry.element_id,
        operation=entry.operation,
    )


def failed_command(item: WorkItem) -> Failed:
    """A person's work whose step could not be carried out."""
    return Failed(
        Kind.COMMAND,
        f"command:{item.run_id}:{item.task_id}",
        run_id=item.run_id,
        task_id=item.task_id,
        process_id=item.run.process_id,
        element_id=item.element_id,
        operation=item.form,
    )


def failed_message(run_id: Any, message: str, key: str) -> Failed:
    """A message from outside that could not be handed over; its sender tries again with the same key."""
    process = Run.objects.filter(pk=run_id).values_list("process_id", flat=True).first()
    return Failed(
        Kind.MESSAGE,
        f"message:{key}",
        run_id=run_id if process else None,
        process_id=process or "",
        operation=message,
    )


def failed_start(key: str, process_id: str, agent: str) -> Failed:
    """A matter that could not be begun; whoever began it tries again with the same key."""
    return Failed(Kind.START, f"start:{key}", process_id=process_id, operation=agent)


def raise_incident(
    failed: Failed, cause: Cause, *, now: datetime, attempt: int = 1, next_try_at: datetime | None = None
) -> None:
    """Open the incident of a thing, or bring the open one up to date, in the caller's transaction."""
    where = (failed.kind, failed.process_id, failed.element_id, failed.operation)
    values = {
        **vars(failed),
        **vars(cause),
        "fingerprint": cause.fingerprint(*where),
        "attempt": attempt,
        "now": now,
        "next_try_at": next_try_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(RAISE, values)


def succeeded(key: str, now: datetime) -> None:
    """The retry worked: the incident of that thing ends by itself."""
    Incident.objects.filter(subject_key=key, resolved_at=None).update(
        resolved_at=now, resolution=Incident.Resolution.SUCCEEDED
    )


@contextmanager
def noted(failed: Any, *, now: datetime) -> Iterator[None]:
    """Leave an incident when the step inside breaks; it was rolled back, and its caller hears of it as well.

    `failed` is called for the `Failed` only then. Expected refusals are no incidents, nor is a database that is away:
    the caller is told to send it again.
    """
    try:
        yield
    except (Refusal, Repeated):
        raise
    except Exception as error:
        if is_outage(error):
            raise
        try:
            raise_incident(failed(), cause_of(error), now=now)
        except Exception:  # the log has both, the caller gets the first
            logger.exception("incident not noted")
        raise


def end_what_is_over(now: datetime) -> int:
    """End open incidents whose thing is done or no longer wanted; returns how many."""
    return sum(
        found.update(resolved_at=now, resolution=resolution)
        for resolution, found in _over()
        if found.exists()
    )


def _over() -> Iterator[tuple[str, QuerySet[Incident]]]:
    gone, done = Incident.Resolution.GONE, Incident.Resolution.SUCCEEDED
    items = WorkItem.objects.filter(run=OuterRef("run"), task_id=OuterRef("task_id"))
    timers = Timer.objects.filter(run=OuterRef("run"), task_id=OuterRef("task_id"))
    received = InboxEntry.objects.filter(key=Substr(OuterRef("subject_key"), len("message:") + 1))
    started = InboxEntry.objects.filter(key=Substr(OuterRef("subject_key"), len("start:") + 1))
    yield gone, _open(Kind.EFFECT).filter(outbox_entry__done_at__isnull=False)
    yield gone, _open(Kind.TIMER).filter(~Exists(timers))
    yield done, _open(Kind.COMMAND).filter(Exists(items.filter(status=WorkItem.Status.COMPLETED)))
    yield gone, _open(Kind.COMMAND).filter(~Exists(items.filter(status=WorkItem.Status.OPEN)))
    yield done, _open(Kind.MESSAGE).filter(Exists(received))
    yield gone, _open(Kind.STALLED).exclude(run__status=Run.Status.RUNNING)
    yield done, _open(Kind.STALLED).filter(~Exists(standing_still().filter(pk=OuterRef("run"))))
    yield done, _open(Kind.START).filter(Exists(started))


def _open(kind: str) -> QuerySet[Incident]:
    return Incident.objects.filter(kind=kind, resolved_at=None)
