"""Write into the thread of a tip, from either side, with files."""

from collections.abc import Sequence
from datetime import datetime

from casework.models import Account
from tips.coming_back import messages
from tips.files.attachments import Attachment
from tips.models import Tip, TipMessage
from tips.permissions import TipPermission, require_tip
from tips.sealing import contents
from tips.services.send_files import note_files, stored_or_refused
from workflows.door.commands import matter_of


def write_to_bureau(tip: Tip, text: str, *, content_key: bytes, key: str, now: datetime) -> TipMessage:
    """A message of the tipster, sealed with the key that the receipt code opened. Raises: Repeated."""
    with matter_of(tip.leading_run, actor=None, key=f"to_bureau:{key}", now=now, agent="tipster") as act:
        message = messages.post(
            tip, text, key=f"to_bureau:{key}", now=now, content_key=content_key, is_from_tipster=True
        )
        act.record("message_from_tipster", run=tip.run)
        act.pokes.units.add(tip.bureau_id)
    return message


def write_to_tipster(
    tip: Tip, text: str, *, actor: Account, key: str, now: datetime, files: Sequence[Attachment] = ()
) -> TipMessage:
    """A question or remark of the officer who may read the sealed words; files are sealed like the tip's own.

    Raises: NotFound, Repeated, StoreDown.
    """
    require_tip(actor, tip, TipPermission.OPEN_WORDS, now=now)
    content_key = contents.content_key(tip)
    stored = stored_or_refused(files)
    with matter_of(tip.leading_run, actor=actor, key=f"to_tipster:{key}", now=now) as act:
        message = messages.post(
            tip, text, key=f"to_tipster:{key}", now=now, content_key=content_key, sender=actor
        )
        note_files(act, tip, message, stored, content_key=content_key)
        act.record("message_to_tipster", run=tip.run, files=len(stored))
        act.send("tips.nudge", key=f"nudge:{message.key}", payload={"tip": tip.pk}, run=tip.leading_run)
    return message


def mark_read(tip: Tip, *, by_tipster: bool, now: datetime) -> None:
    """Note that one side has seen the other's messages, and the tipster the requests."""
    tip.messages.filter(is_from_tipster=not by_tipster, read_at=None).update(read_at=now)
    if by_tipster:
        tip.requests.filter(seen_at=None).update(seen_at=now)
