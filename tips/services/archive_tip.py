"""Put the papers of a tip away."""

from datetime import datetime

from casework.models import Account
from tips.models import AnswerDelivery, Tip
from tips.selectors import tip_of_run
from tips.services.note_telling import Telling, note_telling
from workflows.door.commands import command
from workflows.models import WorkItem


def archive_tip(
    *, actor: Account, work_item: WorkItem, telling: Telling | None = None, key: str, now: datetime
) -> Tip:
    """Note the day on which the tip's file was made up (立卷归档), and how the outcome was told by hand.

    Raises: TellingMissing when the case's outcome was told to nobody yet. Source: TH 14, 22.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        tip = tip_of_run(step.run)
        if tip.case_id is not None:
            note_telling(step, tip, AnswerDelivery.About.OUTCOME, telling)
        tip.archived_at = now
        tip.save(update_fields=["archived_at"])
        step.record("tip_archived", run=step.run)
        step.complete()
    return tip
