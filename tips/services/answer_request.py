"""Answer a request of the bureau, in time or late."""

from collections.abc import Sequence
from datetime import datetime

from casework.errors import NotFound
from tips.coming_back import messages
from tips.errors import RequestClosed
from tips.files.attachments import Attachment
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

    Raises: NotFound, RequestClosed, StoreDown, Repeated.
    """
    stored = stored_or_refused(files)
    full_key = _full(key)
    with matter_of(tip.leading_run, actor=None, key=full_key, now=now, agent="tipster") as act:
        asked = RequestForTipster.objects.select_for_update().filter(pk=request_id, tip=tip).first()
        if asked is None:
            raise NotFound
        if not asked.is_open:
            raise RequestClosed
        message = messages.post(
            tip, text, key=full_key, now=now, content_key=content_key, is_from_tipster=True, request=asked
        )
        note_files(act, tip, message, stored, content_key=content_key)
        asked.answered_at, asked.answered_on = now, civil_date(now)
        asked.save(update_fields=["answered_at", "answered_on"])
        act.record("request_answered", run=tip.run, request=asked.pk, files=len(stored))
        act.pokes.units.add(tip.bureau_id)
    return message


def was_answered(asked: RequestForTipster, key: str) -> bool:
    """Whether this very form has answered it, as when it is sent a second time."""
    return asked.answers.filter(key=_full(key)).exists()


def _full(key: str) -> str:
    return f"answer_request:{key}"
