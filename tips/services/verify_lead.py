"""Record the check of a lead."""

from datetime import datetime

from casework.models import Account
from tips.models import Tip
from tips.selectors import tip_of_run
from workflows.door.commands import command
from workflows.models import WorkItem

SUPPORTED = "supported"


def verify_lead(
    *,
    actor: Account,
    work_item: WorkItem,
    verification: str,
    verification_record: str,
    key: str,
    now: datetime,
) -> Tip:
    """Keep the verification record (核查记录) of two officers. Source: PP 14."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        tip = tip_of_run(step.run)
        tip.verification_record = verification_record
        tip.is_supported = verification == SUPPORTED
        tip.save(update_fields=["verification_record", "is_supported"])
        step.record("lead_verified", run=step.run, verification=verification)
        step.complete(verification=verification)
    return tip
