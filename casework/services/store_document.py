"""Make the PDF of an issued document and put it under lock."""

import io
from datetime import datetime

from casework import storage
from casework.documents import RenderedDocument, render
from casework.errors import ObjectMissing
from casework.models import Document
from casework.rules.custody import retained_until

PDF = "application/pdf"


def rendered(document: Document) -> RenderedDocument:
    """The PDF from the stored facts: the same facts give the same bytes."""
    return render(
        document.kind,
        document.context,
        number=document.number,
        issued_on=document.issued_on,
        bureau_name=document.bureau.name,
        draft=False,
    )


def place_of(document: Document) -> str:
    """Where its PDF lies in the store."""
    return f"documents/{document.bureau_id}/{document.issued_on.year}/{document.pk}.pdf"


def store_document(document: Document, *, now: datetime) -> None:
    """Store the PDF once; a second call changes nothing, not even after a kill in the middle. Raises: StoreDown."""
    if document.stored_at is not None:
        return
    made = rendered(document)
    key = place_of(document)
    kept = _left_by_a_killed_attempt(key, made) or storage.put(
        key, io.BytesIO(made.pdf), len(made.pdf), media_type=PDF, retained_until=retained_until(now)
    )
    document.object_key, document.version_id = key, kept.version_id
    document.sha256, document.size, document.stored_at = made.sha256, len(made.pdf), now
    document.save(update_fields=["object_key", "version_id", "sha256", "size", "stored_at"])


def _left_by_a_killed_attempt(key: str, made: RenderedDocument) -> storage.StoredObject | None:
    """What an attempt stored that did not live to commit: the same facts give the same bytes."""
    try:
        found = storage.stat(key)
        is_same = found.size == len(made.pdf) and storage.fingerprint(key, found.version_id)[0] == made.sha256
    except ObjectMissing:
        return None
    return found if is_same else None
