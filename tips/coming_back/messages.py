"""Messages of a tip's thread: written once per key, sealed, shown in the reader's language when ours."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tips.files import attachments
from tips.models import RequestForTipster, Tip, TipFile, TipMessage
from tips.sealing import contents
from workflows import sentences
from workflows.rules.texts import Text


@dataclass(frozen=True)
class Letter:
    """A message as it is read."""

    text: str
    is_from_tipster: bool
    sent_at: datetime
    is_new: bool
    read_at: datetime | None = None
    answers: int | None = None
    files: tuple[tuple[TipFile, str], ...] = ()


def post(
    tip: Tip,
    text: str,
    *,
    key: str,
    now: datetime,
    content_key: bytes,
    sender: Any = None,
    is_from_tipster: bool = False,
    request: RequestForTipster | None = None,
) -> TipMessage:
    """Add a person's message to the thread; the same key is written once."""
    sealed = contents.seal_message(content_key, tip.number, key, text)
    return _written(tip, key, sealed, now, is_from_tipster=is_from_tipster, sender=sender, request=request)


def post_sentence(tip: Tip, sentence: Text, *, key: str, now: datetime) -> TipMessage:
    """Add a message that the system writes; it is kept untranslated and shown in the reader's language."""
    stored = json.dumps(sentences.to_json(sentence), ensure_ascii=False)
    sealed = contents.seal_message(contents.content_key(tip), tip.number, key, stored)
    return _written(tip, key, sealed, now, is_from_tipster=False, sender=None)


def read(message: TipMessage, content_key: bytes) -> Letter:
    """A message opened for reading."""
    text = contents.open_message(message, content_key)
    if message.sender_id is None and not message.is_from_tipster:
        text = sentences.shown(json.loads(text))
    files = tuple((file, attachments.name_of(file, content_key)) for file in message.files.all())
    return Letter(
        text,
        message.is_from_tipster,
        message.sent_at,
        message.read_at is None,
        message.read_at,
        message.request_id,
        files,
    )


@dataclass(frozen=True)
class Asked:
    """A request of the bureau as it is read on a civil day."""

    request: RequestForTipster
    words: str
    state: RequestForTipster.State

    @property
    def tone(self) -> str:
        """The tone of its status word."""
        return TONES[self.state]


TONES = {
    RequestForTipster.State.OPEN: "active",
    RequestForTipster.State.OVERDUE: "late",
    RequestForTipster.State.ANSWERED: "done",
    RequestForTipster.State.LATE: "done",
    RequestForTipster.State.WITHDRAWN: "void",
}


def asked_of(tip: Tip, content_key: bytes, *, today: date) -> list[Asked]:
    """What was asked of a tipster, oldest first."""
    return [
        Asked(one, contents.open_request(one, content_key), one.state_on(today))
        for one in tip.requests.select_related("tip", "asked_by")
    ]


def _written(tip: Tip, key: str, sealed: bytes, now: datetime, **facts: Any) -> TipMessage:
    values = {"tip": tip, "sealed_text": sealed, "sent_at": now, **facts}
    return TipMessage.objects.get_or_create(key=key, defaults=values)[0]
