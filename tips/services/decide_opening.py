"""Decide on a request to see an identity."""

from datetime import datetime

from casework.models import Account
from tips.errors import TipWentOn
from tips.models import IdentityRequest
from workflows import registry
from workflows.door.commands import command
from workflows.models import Run, WorkItem
from workflows.rules.clock import compute_deadline

APPROVED = "approved"
CLOCKS = {
    IdentityRequest.Period.SHORT: "identity_opening_short",
    IdentityRequest.Period.DAY: "identity_opening",
}


def decide_opening(
    *, actor: Account, work_item: WorkItem, opening: str, reasons: str, key: str, now: datetime
) -> IdentityRequest:
    """Approve or refuse, with reasons that the asker reads; whoever decides sees nothing of the identity.

    The expiry is that of the model's clock, counted at the same moment.
    Raises: TipWentOn when the tip has left the bureau. Source: REG 46; TH 18.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        locked = IdentityRequest.objects.select_for_update(of=("self",)).select_related("tip")
        request = locked.get(pk=step.run.subject_id)
        request.is_approved = opening == APPROVED
        if request.is_approved and request.ended_at is not None:
            raise TipWentOn
        request.decision_reasons = reasons
        request.decided_by, request.decided_at = actor, now
        if request.is_approved:
            request.expires_at = _expiry(step.run, request.period, now)
        request.save()
        step.record(
            "identity_opening_decided", subject=("tip", request.tip_id), request=request.pk, opening=opening
        )
        step.complete(opening=opening)
    return request


def _expiry(run: Run, period: str, now: datetime) -> datetime:
    legal = registry.period(CLOCKS[IdentityRequest.Period(period)], now, run)
    return compute_deadline(legal.period, now, calendar=legal.calendar).due
