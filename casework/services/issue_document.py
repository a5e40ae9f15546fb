"""Issue a document: its number and facts commit with the step, its PDF follows from the outbox."""

from typing import Any

from casework.documents import templates, to_json
from casework.models import Account, Bureau, Document
from casework.services.numbering import official_number
from workflows.door.transaction import Act
from workflows.models import Run
from workflows.rules.calendar import civil_date


def issue_document(
    act: Act,
    run: Run,
    *,
    kind: str,
    subject: tuple[str, int],
    bureau: Bureau,
    context: Any,
    actor: Account,
) -> Document:
    """Number a document and keep the facts from which it is filled; nobody types them again.

    `run` is the one in whose step it is issued, `context` the dataclass of the kind. The PDF is made and stored
    after the commit. Effect: casework.store_document. Raises: UnknownKind.
    """
    template = templates.load(kind)
    day = civil_date(act.now)
    document = Document.objects.create(
        kind=kind,
        subject_kind=subject[0],
        subject_id=subject[1],
        bureau=bureau,
        number=official_number(bureau, kind, day),
        title=template.title,
        context=to_json(context),
        template_version=template.version,
        issued_on=day,
        issued_by=actor,
    )
    act.record("document_issued", subject=subject, document=document.pk, kind=kind, number=document.number)
    payload = {"document": document.pk}
    act.send("casework.store_document", key=f"document:{document.pk}", payload=payload, run=run)
    return document
