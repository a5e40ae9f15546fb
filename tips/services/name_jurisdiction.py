"""Name the bureau that acts on a tip (指定管辖)."""

from datetime import datetime

from casework.models import Account, Bureau
from tips.errors import WrongReferral
from tips.models import Tip
from tips.register.entries import below, current_entry
from tips.selectors import tip_of_run
from workflows.door.commands import command
from workflows.models import WorkItem

HERE, ELSEWHERE = "here", "elsewhere"


def name_jurisdiction(
    *, actor: Account, work_item: WorkItem, bureau: Bureau, reasons: str, key: str, now: datetime
) -> Tip:
    """Decide the dispute: one of the superior's own area acts, and cannot dispute it again. Source: PP 10; TH 10.

    Raises: WrongReferral for a bureau that is not of the superior's area.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        tip = tip_of_run(step.run)
        entry = current_entry(tip)
        if bureau.pk not in below(step.work_item.unit_id):
            raise WrongReferral
        entry.named_reasons = reasons
        stays = bureau.pk == entry.bureau_id
        if stays:
            entry.jurisdiction = entry.Jurisdiction.ACCEPTED
            tip.is_accepted = True
            tip.save(update_fields=["is_accepted"])
        else:
            entry.referred_to = bureau
        entry.save(update_fields=["jurisdiction", "named_reasons", "referred_to"])
        step.record("jurisdiction_named", run=step.run, bureau=bureau.pk, reasons=reasons)
        step.complete(named=HERE if stays else ELSEWHERE)
    return tip
