"""What a person wants done about failed steps: try again, or leave out. One asks with a reason, another decides.

What the background work tries again by itself needs nobody; this is for the hand that interferes.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from workflows import journal, reasons
from workflows.door.child_runs import OPERATIONS
from workflows.door.transaction import one_transaction
from workflows.errors import (
    AlreadyDecided,
    CannotBeRetried,
    CannotBeSkipped,
    Refusal,
    SecondPersonNeeded,
)
from workflows.incidents.retrying import RETRIED, retry_one
from workflows.incidents.skipping import skip_one
from workflows.models import Incident, IncidentRequest, JournalEntry
from workflows.outage import is_outage

logger = logging.getLogger(__name__)
Kind = IncidentRequest.Kind
_DOES: dict[str, Callable[[Incident, datetime], None]] = {Kind.RETRY: retry_one, Kind.SKIP: skip_one}


def can_ask(incident: Incident, kind: str) -> bool:
    """Whether it may be asked for.

    A run that stands still is mended and not left out, its child runs are begun and counted; a person's work is tried
    again by the person.
    """
    if incident.resolved_at is not None or incident.request_id is not None:
        return False
    if kind == Kind.RETRY:
        return incident.kind in RETRIED
    return incident.kind != Incident.Kind.STALLED and incident.operation not in OPERATIONS


def ask(
    incidents: Iterable[Incident], kind: str, *, reason: str, actor: Any, key: str, now: datetime
) -> IncidentRequest:
    """Ask for failed steps to be tried again or left out.

    Raises: Repeated, ReasonMissing, CannotBeRetried, CannotBeSkipped, Busy.
    """
    reason = reasons.given(reason, least=reasons.A_PHRASE)
    with one_transaction(key, now):
        wanted = [i.pk for i in incidents]
        locked = Incident.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
        rows = list(locked.select_related("run"))
        if not rows or not all(can_ask(incident, kind) for incident in rows):
            raise CannotBeRetried if kind == Kind.RETRY else CannotBeSkipped
        request = IncidentRequest.objects.create(kind=kind, reason=reason, asked_by=actor, asked_at=now)
        Incident.objects.filter(pk__in=[incident.pk for incident in rows]).update(request=request)
        _note("asked", rows, request, actor, now, reasons=reason)
        return request


def decide(request: IncidentRequest, *, approve: bool, actor: Any, key: str, now: datetime) -> list[str]:
    """Approve or refuse; never by the person who asked. Returns why some could not be done all the same.

    Raises: Repeated, SecondPersonNeeded, AlreadyDecided, Busy.
    """
    with one_transaction(key, now):
        locked = IncidentRequest.objects.select_for_update().get(pk=request.pk)
        if locked.asked_by_id == actor.pk:
            raise SecondPersonNeeded
        if locked.decided_at is not None:
            raise AlreadyDecided
        locked.decided_by, locked.decided_at, locked.is_approved = actor, now, approve
        locked.save()
        rows = list(locked.incidents.filter(resolved_at=None).select_related("run"))
        _note("approved" if approve else "refused", rows, locked, actor, now)
        if not approve:
            locked.incidents.update(request=None)
    return finish_approved(now) if approve else []


def finish_approved(now: datetime) -> list[str]:
    """Carry out what was approved, each in a transaction of its own; returns why some could not be done.

    What cannot be done is open again, so that somebody decides anew. A killed process leaves the rest to the watch.
    """
    approved = Incident.objects.filter(resolved_at=None, request__is_approved=True)
    refused = []
    for incident in approved.select_related("run", "request__decided_by").order_by("pk"):
        assert incident.request is not None, "it was asked for"
        try:
            _DOES[incident.request.kind](incident, now)
        except Exception as error:  # whatever it is, the others come next and a person decides again
            if is_outage(error):  # not the step's fault: the approval stays, the next watch carries it out
                raise
            logger.warning("not done", extra={"incident": incident.pk, "reason": type(error).__name__})
            Incident.objects.filter(pk=incident.pk).update(request=None)
            number = incident.run.business_key if incident.run else "–"
            refused.append(f"{number}: {error if isinstance(error, Refusal) else type(error).__name__}")
    return refused


ACTS = {
    (Kind.RETRY, "asked"): "incident_retry_asked",
    (Kind.RETRY, "approved"): "incident_retry_approved",
    (Kind.RETRY, "refused"): "incident_retry_refused",
    (Kind.SKIP, "asked"): "incident_skip_asked",
    (Kind.SKIP, "approved"): "incident_skip_approved",
    (Kind.SKIP, "refused"): "incident_skip_refused",
}


def _note(
    what: str, incidents: list[Incident], request: IncidentRequest, actor: Any, now: datetime, **details: Any
) -> None:
    act = ACTS[Kind(request.kind), what]
    JournalEntry.objects.bulk_create(
        journal.entry(
            act,
            now=now,
            actor=actor,
            run=i.run,
            element_id=i.element_id,
            incident=i.pk,
            request=request.pk,
            **details,
        )
        for i in incidents
    )
