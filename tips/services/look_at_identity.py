"""Look at an identity that was opened on request, or end that opening before it expires."""

from datetime import datetime

from django.db import transaction

from casework.errors import NotFound
from casework.models import Account
from tips.errors import LookClosed
from tips.models import IdentityRequest, Tip
from tips.sealing import identity
from tips.words import Identity
from workflows.door.commands import deliver_inside, matter_of
from workflows.door.transaction import Act

ENDED = "identity_opening_ended"


def look_at_identity(request: IdentityRequest, *, actor: Account, now: datetime) -> Identity | None:
    """Who the tipster is, for one recorded look of the asker.

    Raises: NotFound for anybody else, LookClosed before the approval, after the end and after the expiry.
    """
    with transaction.atomic():
        # The lock orders a look and an end: what was ended shows nothing any more.
        locked = IdentityRequest.objects.select_for_update(of=("self",))
        request = locked.select_related("tip__run__family", "asked_by").get(pk=request.pk)
        if request.asked_by_id != actor.pk or not actor.is_active:
            raise NotFound
        if not request.is_open_at(now):
            raise LookClosed
        return identity.open_requested(request, now=now)


def end_opening(request: IdentityRequest, *, actor: Account, key: str, now: datetime) -> None:
    """Close the identity because the asker needs it no longer. Raises: NotFound, LookClosed, Repeated."""
    with matter_of(request.leading_run, actor=actor, key=key, now=now) as act:
        request = IdentityRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if request.asked_by_id != actor.pk:
            raise NotFound
        if not request.is_open_at(now):
            raise LookClosed
        request.ended_at = now
        request.save(update_fields=["ended_at"])
        act.record("identity_opening_ended", subject=("tip", request.tip_id), request=request.pk)
        deliver_inside(request.run_id, ENDED, {}, key=f"{ENDED}:{key}", now=now, agent="", actor=actor)


def close_openings(act: Act, tip: Tip, *, now: datetime) -> None:
    """Close what is open and what waits for a decision, as the tip leaves the bureau that asked. Source: TH 18."""
    found = IdentityRequest.objects.select_for_update(of=("self",)).filter(tip=tip, ended_at=None)
    for request in found.exclude(is_approved=False):
        if request.is_open_at(now):
            act.deliver(request.run_id, ENDED, {}, key=f"{ENDED}:handed_over:{request.pk}")
        elif request.is_approved:
            continue
        request.ended_at = now
        request.save(update_fields=["ended_at"])
        act.record("identity_opening_closed", subject=("tip", tip.pk), request=request.pk)
