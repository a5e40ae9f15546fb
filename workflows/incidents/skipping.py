"""Leaving failed steps out for good: one person asks with a reason, another one decides (four eyes)."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef

from workflows import journal
from workflows.door.stepping import resume_run
from workflows.door.transaction import Act, lock_family
from workflows.engine import WaitGone
from workflows.errors import AlreadyDecided, CannotBeSkipped, ReasonMissing, SecondPersonNeeded
from workflows.incidents.waiting import has_wait
from workflows.models import Incident, JournalEntry, OutboxEntry, Run, Timer
from workflows.models.incident import SkipRequest

logger = logging.getLogger(__name__)
SHORTEST_REASON = 10


def can_skip(incident: Incident) -> bool:
    """Whether it may be asked for: a run that stands still is mended, not left out."""
    is_open = incident.resolved_at is None and incident.skip_request_id is None
    return is_open and incident.kind != Incident.Kind.STALLED


def ask_to_skip(incidents: Iterable[Incident], *, reason: str, actor: Any, now: datetime) -> SkipRequest:
    """Ask for failed steps to be left out. Raises: ReasonMissing, CannotBeSkipped."""
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise ReasonMissing(count=SHORTEST_REASON)
    with transaction.atomic(durable=True):
        wanted = [i.pk for i in incidents]
        locked = Incident.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
        rows = list(locked.select_related("run"))
        if not rows or not all(can_skip(incident) for incident in rows):
            raise CannotBeSkipped
        request = SkipRequest.objects.create(reason=reason, asked_by=actor, asked_at=now)
        Incident.objects.filter(pk__in=[incident.pk for incident in rows]).update(skip_request=request)
        _note("incident_skip_asked", rows, request, actor, now)
        return request


def decide_skip(request: SkipRequest, *, approve: bool, actor: Any, now: datetime) -> None:
    """Approve or refuse; never by the person who asked. Raises: SecondPersonNeeded, AlreadyDecided."""
    with transaction.atomic(durable=True):
        locked = SkipRequest.objects.select_for_update().get(pk=request.pk)
        if locked.asked_by_id == actor.pk:
            raise SecondPersonNeeded
        if locked.decided_at is not None:
            raise AlreadyDecided
        locked.decided_by, locked.decided_at, locked.is_approved = actor, now, approve
        locked.save()
        rows = list(locked.incidents.filter(resolved_at=None).select_related("run"))
        _note("incident_skip_approved" if approve else "incident_skip_refused", rows, locked, actor, now)
        if not approve:
            locked.incidents.update(skip_request=None)
    if approve:
        finish_approved(now)


def finish_approved(now: datetime) -> int:
    """Carry out approved skips, each in a transaction of its own; returns how many were left out.

    What cannot be left out is open again, so that somebody decides anew. A killed process leaves the rest to the watch.
    """
    approved = Incident.objects.filter(resolved_at=None, skip_request__is_approved=True)
    done = 0
    for incident in approved.select_related("run", "skip_request__decided_by").order_by("pk"):
        try:
            _skip(incident, now)
            done += 1
        except Exception as error:  # whatever it is, the others come next and a person decides again
            logger.warning("skip impossible", extra={"incident": incident.pk, "reason": type(error).__name__})
            Incident.objects.filter(pk=incident.pk).update(skip_request=None)
    return done


def _skip(incident: Incident, now: datetime) -> None:
    with transaction.atomic(durable=True):
        if incident.kind == Incident.Kind.EFFECT:
            _skip_effect(incident, now)
        elif incident.kind == Incident.Kind.TIMER:
            _skip_timer(incident, now)
        _note("incident_skipped", [incident], incident.skip_request, _approver(incident), now)
        Incident.objects.filter(pk=incident.pk, resolved_at=None).update(
            resolved_at=now, resolution=Incident.Resolution.SKIPPED, next_try_at=None
        )


def _skip_effect(incident: Incident, now: datetime) -> None:
    """Note the effect as done; a token that waits for its answer goes on without one."""
    assert incident.outbox_entry_id is not None, "an incident of an effect names it"
    entry = OutboxEntry.objects.select_for_update().get(pk=incident.outbox_entry_id)
    if entry.done_at is not None:
        return
    entry.done_at, entry.last_error = now, "skipped"
    entry.save(update_fields=["done_at", "last_error"])
    if entry.run_id is None or not entry.task_id:
        return
    run = Run.objects.get(pk=entry.run_id)
    act = Act(family=lock_family(run.family_id), actor=_approver(incident), now=now)
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.status == Run.Status.RUNNING:
        try:
            resume_run(act, run, entry.task_id, {})
        except WaitGone:
            return
        act.flush()


def _skip_timer(incident: Incident, now: datetime) -> None:
    """Let the timer fire no more, unless it is all that the run waits for."""
    assert incident.run_id is not None, "a timer belongs to a run"
    lock_family(Run.objects.values_list("family_id", flat=True).get(pk=incident.run_id))
    Timer.objects.filter(run_id=incident.run_id, task_id=incident.task_id).update(skipped_at=now)
    still_waits = Run.objects.filter(has_wait(OuterRef("pk")), pk=incident.run_id)
    if not still_waits.exists():
        raise CannotBeSkipped


def _approver(incident: Incident) -> Any:
    return incident.skip_request.decided_by if incident.skip_request else None


def _note(
    act: str, incidents: list[Incident], request: SkipRequest | None, actor: Any, now: datetime
) -> None:
    JournalEntry.objects.bulk_create(
        journal.entry(
            act, now=now, actor=actor, run=i.run, incident=i.pk, request=request.pk if request else None
        )
        for i in incidents
    )
