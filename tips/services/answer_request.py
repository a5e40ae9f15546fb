"""Answer a request of the bureau, in time or late."""

from collections.abc import Sequence
from datetime import datetime

from casework.errors import NotFound
from tips import messages
from tips.attachments import Attachment
from tips.models import RequestForTipster, Tip, TipMessage
from tips.services.send_files import note_files, stored_or_refused
from workflows.door.commands import matter_of
from workflows.rules.calendar import civil_date


def answer_request(
    tip: Tip,
    request_id: int,
    text: str,
    *,
    files: Sequence[Attachment],
    content_key: bytes,
    key: str,
    now: datetime,
) -> TipMessage:
    """Words and files as one message of the thread. A late answer counts like any other.

    Raises: NotFound for a request that is no longer open, StoreDown, Repeated.
    """
    stored = stored_or_refused(files)
    full_key = f"answer_request:{key}"
    with matter_of(tip.leading_run, actor=None, key=full_key, now=now, agent="tipster") as act:
        asked = RequestForTipster.objects.select_for_update().filter(pk=request_id, tip=tip).first()
        if asked is None or not asked.is_open:
            raise NotFound
        message = messages.post(
            tip, text, key=full_key, now=now, content_key=content_key, is_from_tipster=True, request=asked
        )
        note_files(act, tip, message, stored, content_key=content_key)
        asked.answered_at, asked.answered_on = now, civil_date(now)
        asked.save(update_fields=["answered_at", "answered_on"])
        act.record("request_answered", run=tip.run, request=asked.pk, files=len(stored))
        act.pokes.units.add(tip.bureau_id)
    return message
