"""Trying a failed step again at once; the background work itself does the step."""

from datetime import datetime

from django.db import transaction

from workflows import journal
from workflows.background import poke
from workflows.incidents.raising import succeeded
from workflows.incidents.restoring import restore_waits
from workflows.models import Incident, OutboxEntry, Timer

RETRIED = frozenset({Incident.Kind.EFFECT, Incident.Kind.TIMER, Incident.Kind.STALLED})


def retry_one(incident: Incident, now: datetime) -> None:
    """Let an effect or a timer be tried at once, or give a run that stands still its waits back.

    Its request is over: what fails again stays open and may be asked for again. Raises: NothingToRestore.
    """
    assert incident.request is not None, "it was asked for"
    actor = incident.request.decided_by
    if incident.kind == Incident.Kind.STALLED:
        assert incident.run is not None, "a run that stands still is known"
        restore_waits(incident.run, actor=actor, now=now)
        succeeded(incident.subject_key, now)
        return
    with transaction.atomic(durable=True):
        _make_due(incident, now)
        journal.record(
            "incident_retried",
            now=now,
            actor=actor,
            run=incident.run,
            element_id=incident.element_id,
            incident=incident.pk,
            request=incident.request.pk,
        )
        Incident.objects.filter(pk=incident.pk).update(next_try_at=now, request=None)
        transaction.on_commit(poke.Pokes(outbox=True).send, robust=True)


def _make_due(incident: Incident, now: datetime) -> None:
    """Move the next try to now; what somebody is trying at this moment is locked and left alone."""
    if incident.kind == Incident.Kind.EFFECT and incident.outbox_entry_id is not None:
        entries = OutboxEntry.objects.select_for_update(skip_locked=True)
        free = entries.filter(pk=incident.outbox_entry_id, done_at=None)
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in free]).update(next_try_at=now)
    elif incident.run_id is not None:
        timers = Timer.objects.select_for_update(skip_locked=True).filter(
            run_id=incident.run_id, task_id=incident.task_id, put_off_until__isnull=False
        )
        Timer.objects.filter(pk__in=[timer.pk for timer in timers]).update(put_off_until=now)
