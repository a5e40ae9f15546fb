"""Settle a dispute over jurisdiction between two bureaus, or lay it before their common superior."""

from datetime import datetime

from casework.models import Account
from tips.models import Tip
from tips.register.entries import current_entry
from tips.selectors import tip_of_run
from workflows.door.commands import command
from workflows.models import WorkItem

KEEP, GIVE_BACK, TO_SUPERIOR = "keep", "give_back", "to_superior"


def settle_dispute(
    *, actor: Account, work_item: WorkItem, settlement: str, reasons: str, key: str, now: datetime
) -> Tip:
    """Note what the two bureaus agreed on: the tip stays, goes back, or the superior names who acts.

    Source: PP 10 and TH 10 (7 working days, then the common superior).
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        tip = tip_of_run(step.run)
        entry = current_entry(tip)
        if settlement == KEEP:
            entry.jurisdiction = entry.Jurisdiction.ACCEPTED
            tip.is_accepted = True
            tip.save(update_fields=["is_accepted"])
        elif settlement == GIVE_BACK:
            assert entry.came_from is not None, "only a tip from another bureau is disputed"
            entry.referred_to = entry.came_from.bureau
        entry.reasons = reasons
        entry.save(update_fields=["jurisdiction", "referred_to", "reasons"])
        step.record("dispute_settled", run=step.run, settlement=settlement, reasons=reasons)
        step.complete(settlement=settlement)
    return tip
