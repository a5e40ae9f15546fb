"""Trying failed steps again at once, one or many; the background work itself does the step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from workflows import journal
from workflows.background import poke
from workflows.errors import Refusal
from workflows.incidents.raising import succeeded
from workflows.incidents.restoring import restore_waits
from workflows.models import Incident, JournalEntry, OutboxEntry, Timer

RETRIED = frozenset({Incident.Kind.EFFECT, Incident.Kind.TIMER, Incident.Kind.STALLED})


@dataclass(frozen=True)
class Retried:
    """What became of a retry: how many are tried again now, and refusals of runs that could not be mended."""

    begun: int
    refused: tuple[str, ...] = ()


def can_retry(incident: Incident) -> bool:
    """Whether the system can try again by itself; a person's work is tried again by the person."""
    return incident.resolved_at is None and incident.kind in RETRIED


def retry(incidents: Iterable[Incident], *, actor: Any, now: datetime) -> Retried:
    """Let effects and timers be tried at once, and give runs that stand still their waits back."""
    wanted = [incident for incident in incidents if can_retry(incident)]
    background = [incident for incident in wanted if incident.kind != Incident.Kind.STALLED]
    with transaction.atomic(durable=True):
        _make_due(background, now)
        _note(background, actor, now)
        transaction.on_commit(poke.Pokes(outbox=True).send, robust=True)
    refused = [_restored(incident, actor, now) for incident in wanted if incident not in background]
    sentences = tuple(sentence for sentence in refused if sentence)
    return Retried(len(wanted) - len(sentences), sentences)


def _make_due(incidents: list[Incident], now: datetime) -> None:
    """Move the next try to now; what somebody is trying at this moment is locked and left alone."""
    entries = [incident.outbox_entry_id for incident in incidents if incident.kind == Incident.Kind.EFFECT]
    free = OutboxEntry.objects.select_for_update(skip_locked=True).filter(pk__in=entries, done_at=None)
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in free]).update(next_try_at=now)
    for incident in incidents:
        if incident.kind == Incident.Kind.TIMER and incident.run_id is not None:
            timers = Timer.objects.select_for_update(skip_locked=True).filter(
                run_id=incident.run_id, task_id=incident.task_id, put_off_until__isnull=False
            )
            Timer.objects.filter(pk__in=[timer.pk for timer in timers]).update(put_off_until=now)
    Incident.objects.filter(pk__in=[incident.pk for incident in incidents]).update(next_try_at=now)


def _restored(incident: Incident, actor: Any, now: datetime) -> str:
    """Restore one run; the sentence of the refusal when it cannot be."""
    assert incident.run is not None, "a run that stands still is known"
    try:
        restore_waits(incident.run, actor=actor, now=now)
    except Refusal as refusal:
        return f"{incident.run.business_key}: {refusal}"
    succeeded(incident.subject_key, now)
    return ""


def _note(incidents: list[Incident], actor: Any, now: datetime) -> None:
    JournalEntry.objects.bulk_create(
        journal.entry("incident_retried", now=now, actor=actor, run=incident.run, incident=incident.pk)
        for incident in incidents
    )
