"""Let a tipster fetch a file that an officer sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.errors import NotFound
from tips.files import attachments
from tips.models import Tip, TipFile
from workflows import journal


@dataclass(frozen=True)
class FetchedFile:
    """A file with its name, to be read while it is sent."""

    file: TipFile
    name: str
    reading: attachments.Reading


def fetch_file(tip: Tip, file_id: UUID, *, content_key: bytes, now: datetime) -> FetchedFile:
    """A checked file of the bureau; fetching it is in the journal.

    Raises: NotFound for what an officer did not send in this tip, or before the check.
    """
    sent = tip.files.filter(pk=file_id, is_from_tipster=False, state=TipFile.State.CHECKED)
    file = sent.first()
    if file is None:
        raise NotFound
    sent.filter(fetched_at=None).update(fetched_at=now)
    family = tip.leading_run.family
    journal.record(
        "file_fetched",
        now=now,
        agent="tipster",
        subject=("tip", tip.pk),
        family=family,
        file=str(file.pk),
    )
    return FetchedFile(file, attachments.name_of(file, content_key), attachments.Reading(file, content_key))
