"""Approve or refuse a purge: leader first, chief second."""

from datetime import datetime

from casework.models import Account
from tips.models import TipPurge, TipPurgeApproval
from workflows.door.commands import command
from workflows.models import WorkItem

APPROVED = "approved"
STEPS = {"approve_purge": 1, "approve_purge_again": 2}


def approve_purge(
    *, actor: Account, work_item: WorkItem, purge: str, reasons: str, key: str, now: datetime
) -> TipPurge:
    """Answer a proposal with reasons; the model keeps proposer and both approvers apart.

    Source: REG 46; TH 18, 22.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        found = TipPurge.objects.select_for_update(of=("self",)).get(pk=step.run.subject_id)
        TipPurgeApproval.objects.create(
            purge=found,
            step=STEPS[work_item.element_id],
            is_approved=purge == APPROVED,
            reasons=reasons,
            approved_by=actor,
            approved_at=now,
        )
        step.record("purge_decided", subject=("tip", found.tip_id), purge=found.pk, answer=purge)
        # A proposal that was taken back meanwhile ends here, whatever is answered.
        step.complete(purge="refused" if found.withdrawn_at else purge)
    return found
