"""Open a document's PDF: every download is in the journal."""

from datetime import datetime

from casework import storage
from casework.errors import BeingPrepared
from casework.models import Account, Document
from casework.services.store_document import PDF
from workflows import journal
from workflows.models import Run


def read_document(*, actor: Account, document: Document, now: datetime) -> str:
    """A link to the PDF for some minutes; the caller has checked who may read it.

    Raises: BeingPrepared, StoreDown.
    """
    if document.stored_at is None:
        raise BeingPrepared(number=document.number)
    name = f"{document.title} {document.number}.pdf"
    link = storage.download_link(
        document.object_key, document.version_id, file_name=name, media_type=PDF, inline=True
    )
    subject = (document.subject_kind, document.subject_id)
    run = Run.objects.filter(subject_kind=subject[0], subject_id=subject[1], parent=None).first()
    journal.record(
        "document_downloaded", now=now, actor=actor, run=run, subject=subject, document=document.pk
    )
    return link
