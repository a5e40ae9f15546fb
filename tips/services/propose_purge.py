"""Propose to destroy the sealed content of a tip, or take the proposal back."""

from datetime import datetime

from casework.models import Account
from tips.errors import PurgeRefused, PurgeRunning
from tips.models import Tip, TipPurge
from tips.purging.obstacles import OPEN, obstacles_of
from tips.purging.proposals import running_purge
from workflows.door.commands import deliver_inside, matter_of, start_run

WITHDRAWN = "purge_withdrawn"
PROPOSED = "propose_purge"


def propose_purge(
    tip: Tip, *, actor: Account, ground: str, reasons: str, key: str, now: datetime
) -> TipPurge:
    """Begin the run of two approvals and a waiting time.

    Raises: PurgeRunning, PurgeRefused with every obstacle, Repeated. Source: REG 46; TH 18, 22.
    """
    with matter_of(tip.leading_run, actor=actor, key=key, now=now) as act:
        tip = locked_tip(tip.pk)
        if running_purge(tip) is not None:
            raise PurgeRunning
        found = obstacles_of(tip, ground, now)
        if found:
            raise PurgeRefused(reasons=" ".join(str(reason) for reason in found))
        purge = TipPurge.objects.create(
            tip=tip, ground=ground, reasons=reasons, proposed_by=actor, proposed_at=now
        )
        purge.run = start_run(
            act,
            "tip_purge",
            subject=("tip_purge", purge.pk),
            business_key=tip.number,
            unit_id=tip.bureau_id,
            data={"purge_id": purge.pk},
        )
        purge.save(update_fields=["run"])
        act.hold_duty(actor.pk, PROPOSED, run=purge.run, element_id="purge_proposed")
        act.record("purge_proposed", subject=("tip", tip.pk), purge=purge.pk, ground=ground)
        act.answer = {"purge": purge.pk}
    return purge


def withdraw_purge(purge: TipPurge, *, actor: Account, key: str, now: datetime) -> None:
    """Take a proposal back before the waiting time is over; kept content stays as it is.

    Raises: PurgeRefused when it is decided already, Repeated.
    """
    with matter_of(purge.leading_run, actor=actor, key=key, now=now) as act:
        purge = TipPurge.objects.select_for_update(of=("self",)).select_related("run").get(pk=purge.pk)
        if purge.destroyed_at or purge.withdrawn_at or purge.leading_run.status not in OPEN:
            raise PurgeRefused(reasons="")
        purge.withdrawn_by, purge.withdrawn_at = actor, now
        purge.save(update_fields=["withdrawn_by", "withdrawn_at"])
        act.record("purge_withdrawn", subject=("tip", purge.tip_id), purge=purge.pk)
        deliver_inside(
            purge.run_id, WITHDRAWN, {}, key=f"{WITHDRAWN}:{purge.pk}", now=now, agent="", actor=actor
        )


def locked_tip(tip_id: int) -> Tip:
    """A tip, locked; the family is locked before it."""
    found = Tip.objects.select_for_update(of=("self",)).select_related("run", "bureau", "keys")
    return found.get(pk=tip_id)


def is_waiting(purge: TipPurge) -> bool:
    """Whether both have approved and the waiting time runs."""
    return purge.leading_run.subscriptions.filter(message=WITHDRAWN).exists()
