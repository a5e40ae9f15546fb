"""Leaving a failed step out for good, once two people want it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef

from workflows import journal
from workflows.door.stepping import resume_run
from workflows.door.transaction import Act, lock_family
from workflows.engine import WaitGone
from workflows.errors import CannotBeSkipped
from workflows.incidents.waiting import has_wait
from workflows.models import Incident, OutboxEntry, Run, Timer


def skip_one(incident: Incident, now: datetime) -> None:
    """Leave out what failed; the run goes on without it. Raises: CannotBeSkipped."""
    assert incident.request is not None, "it was asked for"
    with transaction.atomic(durable=True):
        if incident.kind == Incident.Kind.EFFECT:
            _skip_effect(incident, now)
        elif incident.kind == Incident.Kind.TIMER:
            _skip_timer(incident, now)
        journal.record(
            "incident_skipped",
            now=now,
            actor=_approver(incident),
            run=incident.run,
            element_id=incident.element_id,
            incident=incident.pk,
            request=incident.request.pk,
        )
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
    return incident.request.decided_by if incident.request else None
