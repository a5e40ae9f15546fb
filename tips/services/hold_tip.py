"""Set a legal hold on a tip, or lift it."""

from datetime import datetime

from casework.models import Account
from tips.errors import HoldStands, NoHold
from tips.models import Tip, TipHold
from tips.purging.proposals import running_purge
from tips.services.propose_purge import WITHDRAWN, locked_tip
from workflows.door.commands import deliver_inside, matter_of


def set_hold(tip: Tip, *, actor: Account, reasons: str, key: str, now: datetime) -> TipHold:
    """Forbid to destroy the content until the hold is lifted; a purge that waits is taken back.

    Raises: HoldStands, Repeated.
    """
    with matter_of(tip.leading_run, actor=actor, key=key, now=now) as act:
        tip = locked_tip(tip.pk)
        if TipHold.objects.filter(tip=tip, lifted_at=None).exists():
            raise HoldStands
        hold = TipHold.objects.create(tip=tip, reasons=reasons, set_by=actor, set_at=now)
        act.record("hold_set", subject=("tip", tip.pk), hold=hold.pk)
        purge = running_purge(tip)
        if purge is not None:
            purge.withdrawn_by, purge.withdrawn_at = actor, now
            purge.save(update_fields=["withdrawn_by", "withdrawn_at"])
            act.record("purge_withdrawn", subject=("tip", tip.pk), purge=purge.pk)
            key = f"{WITHDRAWN}:{purge.pk}"
            deliver_inside(purge.run_id, WITHDRAWN, {}, key=key, now=now, agent="", actor=actor)
    return hold


def lift_hold(tip: Tip, *, actor: Account, reasons: str, key: str, now: datetime) -> TipHold:
    """Allow a purge again. Raises: NoHold, Repeated."""
    with matter_of(tip.leading_run, actor=actor, key=key, now=now) as act:
        hold = TipHold.objects.select_for_update(of=("self",)).filter(tip=tip, lifted_at=None).first()
        if hold is None:
            raise NoHold
        hold.lifted_by, hold.lifted_at, hold.lift_reasons = actor, now, reasons
        hold.save()
        act.record("hold_lifted", subject=("tip", tip.pk), hold=hold.pk)
    return hold
