"""Effects that carry the journal's heads out of the database."""

from casework.errors import StoreDown
from casework.services.publish_journal_head import send_head, store_head
from workflows.errors import TryLater
from workflows.models import JournalHead
from workflows.registry import EffectCall, effect
from workflows.sealing.heads import published_by


@effect("casework.store_journal_head")
def store_journal_head(call: EffectCall) -> None:
    """Keep a head under Object Lock."""
    try:
        store_head(JournalHead.objects.get(pk=call.payload["head"]), now=call.now)
    except StoreDown as down:
        raise TryLater from down


@effect("casework.send_journal_head")
def send_journal_head(call: EffectCall) -> None:
    """Mail a head to the witnesses."""
    send_head(JournalHead.objects.get(pk=call.payload["head"]), key=call.key, now=call.now)


published_by("casework.store_journal_head")
published_by("casework.send_journal_head")
