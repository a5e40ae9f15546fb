"""Who deals with holds and purges of a bureau, and which tips are due."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from casework.errors import NotFound
from casework.models import Account
from casework.permissions import Role, units_of
from tips.models import Tip, TipHold, TipPurge
from tips.purging.keeping import closed_tips, last_day
from tips.purging.proposals import under_way
from workflows.rules.calendar import civil_date

SEES = frozenset({Role.INTAKE_OFFICER, Role.LEADER, Role.CHIEF, Role.AUDITOR})
PROPOSES = frozenset({Role.INTAKE_OFFICER})
HOLDS = frozenset({Role.LEADER, Role.CHIEF, Role.AUDITOR})
LIFTS = frozenset({Role.LEADER, Role.CHIEF})
MOST_DUE = 200


def tip_to_keep(account: Account, tip_id: int, roles: frozenset[Role], now: datetime) -> Tip:
    """A tip of a bureau in which the account has one of the roles. Raises: NotFound."""
    found = Tip.objects.select_related("bureau", "run", "keys", "case").filter(pk=tip_id).first()
    if found is None or found.bureau_id not in units_of(account, roles, now):
        raise NotFound
    return found


def due_tips(account: Account, now: datetime) -> list[Any]:
    """Tips whose period of keeping is over and which nobody has proposed to purge, the longest closed first."""
    proposed = under_way().filter(tip=OuterRef("pk"))
    held = TipHold.objects.filter(tip=OuterRef("pk"), lifted_at=None)
    kept = closed_tips().filter(bureau_id__in=units_of(account, SEES, now), keys__destroyed_at=None)
    kept = kept.filter(~Exists(proposed), ~Exists(held)).select_related("bureau", "run")
    today = civil_date(now)
    oldest = kept.order_by("closed_at", "id")[:MOST_DUE]
    return [tip for tip in oldest if last_day(tip, tip.closed_at) < today]


def purges_of(account: Account, now: datetime) -> QuerySet[TipPurge]:
    """Proposals of the bureaus that the account looks after, the newest first."""
    found = TipPurge.objects.filter(tip__bureau_id__in=units_of(account, SEES, now))
    return found.select_related("tip", "run", "proposed_by").order_by("-proposed_at", "-id")
