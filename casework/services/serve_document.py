"""Hand a document to the party and keep the proof (送达)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.models import Account, Document, Service
from workflows.door.transaction import Act
from workflows.errors import Invalid
from workflows.rules.calendar import civil_date


def serve_document(
    act: Act,
    *,
    document: Document,
    method: str,
    served_on: date,
    receiver: str,
    actor: Account,
    note: str = "",
) -> Service:
    """Record the hand-over; the party's periods run from this day.

    Raises: Invalid for a day before the issue or in the future. Source: PP 59; APL 61.
    """
    if served_on < document.issued_on:
        raise Invalid(_("A document cannot be served before the day of its issue."), field="served_on")
    if served_on > civil_date(act.now):
        raise Invalid(_("The day of service lies in the future."), field="served_on")
    service = Service.objects.create(
        document=document,
        method=method,
        served_on=served_on,
        receiver=receiver,
        note=note,
        recorded_by=actor,
        recorded_at=act.now,
    )
    act.record(
        "document_served",
        subject=(document.subject_kind, document.subject_id),
        document=document.pk,
        method=method,
        served_on=served_on.isoformat(),
    )
    return service
