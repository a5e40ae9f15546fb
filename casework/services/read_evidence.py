"""Look at evidence: every look stands in the chain of custody and in the journal."""

from datetime import datetime

from django.db import transaction

from casework import storage
from casework.errors import NotFound
from casework.models import Account, Evidence
from casework.permissions import Permission, require
from casework.services.add_evidence import note_custody
from workflows import journal

SHOWN_INLINE = ("image/", "application/pdf", "video/", "audio/", "text/plain")


def read_evidence(*, actor: Account, evidence: Evidence, download: bool, now: datetime) -> str:
    """A link to the file for some minutes, to look at or to save. Raises: NotFound, StoreDown."""
    require(actor, evidence.case, Permission.VIEW, now=now)
    if evidence.state != Evidence.State.STORED:
        raise NotFound
    link = storage.download_link(
        evidence.object_key,
        evidence.version_id,
        file_name=evidence.file_name,
        media_type=evidence.media_type,
        inline=not download and evidence.media_type.startswith(SHOWN_INLINE),
    )
    did = "downloaded" if download else "viewed"
    with transaction.atomic():
        note_custody(evidence, did, actor=actor, now=now)
        journal.record(
            f"evidence_{did}",
            now=now,
            actor=actor,
            run=evidence.case.run,
            evidence=str(evidence.pk),
        )
    return link
