"""Who deals with holds and purges of a bureau, and which tips are due."""

from datetime import datetime

from django.db.models import QuerySet

from casework.errors import NotFound
from casework.models import Account
from casework.permissions import Role, units_of
from tips.models import Tip, TipPurge
from tips.purging.obstacles import last_day_of_keeping
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


def due_tips(account: Account, now: datetime) -> list[Tip]:
    """Archived tips whose period of keeping is over and which nobody has proposed to purge, the oldest first."""
    units = units_of(account, SEES, now)
    kept = Tip.objects.filter(bureau_id__in=units, archived_at__isnull=False, keys__destroyed_at=None)
    kept = kept.exclude(purges__destroyed_at=None, purges__run__status="running", purges__isnull=False)
    kept = kept.exclude(holds__lifted_at=None, holds__isnull=False)
    oldest = kept.select_related("bureau", "run").order_by("archived_at", "id")[:MOST_DUE]
    today = civil_date(now)
    return [tip for tip in oldest if (last := last_day_of_keeping(tip)) is not None and last < today]


def purges_of(account: Account, now: datetime) -> QuerySet[TipPurge]:
    """Proposals of the bureaus that the account looks after, the newest first."""
    found = TipPurge.objects.filter(tip__bureau_id__in=units_of(account, SEES, now))
    return found.select_related("tip", "run", "proposed_by").order_by("-proposed_at", "-id")
