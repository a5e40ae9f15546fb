"""Ask to see who the tipster is."""

from datetime import datetime

from casework.errors import NotFound
from casework.models import Account
from tips.errors import AskedAlready, ChiefDecides, Destroyed, NoIdentity
from tips.models import IdentityRequest, Tip, TipIdentity
from tips.openings import role_of, works_on
from workflows.door.commands import matter_of, start_run


def ask_identity(
    tip: Tip, *, actor: Account, purpose: str, reasons: str, period: str, key: str, now: datetime
) -> IdentityRequest:
    """Begin the run in which somebody of another role decides.

    Raises: NotFound, ChiefDecides, NoIdentity, Destroyed, AskedAlready, Repeated. Source: REG 46; TH 18.
    """
    with matter_of(tip.leading_run, actor=actor, key=key, now=now) as act:
        tip = Tip.objects.select_for_update(of=("self",)).select_related("run", "case", "keys").get(pk=tip.pk)
        if not works_on(actor, tip, now):
            raise NotFound
        role = role_of(actor, tip, now)
        if role is None:
            raise ChiefDecides
        _refuse(tip, actor, now)
        request = IdentityRequest.objects.create(
            tip=tip,
            asked_by=actor,
            asker_role=role,
            purpose=purpose,
            reasons=reasons,
            period=period,
            asked_at=now,
        )
        request.run = start_run(
            act,
            "identity_opening",
            subject=("identity_request", request.pk),
            business_key=tip.number,
            unit_id=tip.bureau_id,
            data={"request_id": request.pk, "asker_role": role, "period": period},
        )
        request.save(update_fields=["run"])
        subject = ("tip", tip.pk)
        act.record("identity_asked", subject=subject, request=request.pk, purpose=purpose, period=period)
        act.answer = {"request": request.pk}
    return request


def _refuse(tip: Tip, actor: Account, now: datetime) -> None:
    if tip.keys.destroyed_at:
        raise Destroyed
    if not tip.is_real_name or not TipIdentity.objects.filter(tip=tip).exists():
        raise NoIdentity
    mine = IdentityRequest.objects.filter(tip=tip, asked_by=actor, ended_at=None)
    if any(request.is_approved is None or request.is_open_at(now) for request in mine):
        raise AskedAlready
