"""Register a tip and decide on jurisdiction."""

from datetime import datetime

from casework.models import Account, Institution
from tips.models import Tip
from tips.selectors import tip_of_run
from workflows.door.commands import command
from workflows.models import WorkItem

ACCEPTED = "accepted"


def register_tip(
    *,
    actor: Account,
    work_item: WorkItem,
    jurisdiction: str,
    target_kind: str,
    institution: Institution | None,
    jurisdiction_note: str,
    key: str,
    now: datetime,
) -> Tip:
    """Confirm whom the tip is about and whether this bureau may act. Source: TH 6–11; PP 9–10."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        tip = tip_of_run(step.run)
        tip.is_accepted = jurisdiction == ACCEPTED
        tip.target_kind, tip.institution = target_kind, institution
        tip.jurisdiction_note = jurisdiction_note
        tip.save(update_fields=["is_accepted", "target_kind", "institution", "jurisdiction_note"])
        step.record("tip_registered", run=step.run, jurisdiction=jurisdiction)
        step.complete(jurisdiction=jurisdiction)
    return tip
