"""What stands in the way of a purge, in words for the official who reads them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tips.models import Reward, Tip, TipHold, TipPurge
from tips.purging.keeping import last_day_of_keeping
from workflows.models import Run
from workflows.rules.calendar import civil_date

Obstacle = Callable[[Tip], Iterator[Any]]
_obstacles: list[Obstacle] = []
OPEN = (Run.Status.RUNNING, Run.Status.SUSPENDED)
RUNS = {
    "tip_handling": _("The tip is still being handled."),
    "case_handling": _("The case of the tip is still being handled."),
    "tip_reward": _("The reward of the tip is not settled."),
    "province_report": _("A report to the province is under way."),
    "tip_reexamination": _("The tipster has asked to have a decision looked at again."),
    "identity_opening": _("Somebody may look at the identity, or has asked for it."),
}
OTHER = _("Something else in the matter is still under way.")


def obstacle(function: Obstacle) -> Obstacle:
    """Register what must be settled before the content of a tip may be destroyed."""
    _obstacles.append(function)
    return function


def obstacles_of(tip: Tip, ground: str, now: datetime) -> list[Any]:
    """Everything that stands in the way, none left out; empty when the tip may be purged."""
    found = [reason for function in _obstacles for reason in function(tip)]
    last = last_day_of_keeping(tip)
    if ground == TipPurge.Ground.RETENTION and (last is None or civil_date(now) <= last):
        found.append(_("The period of keeping is not over."))
    return list(dict.fromkeys(found))


@obstacle
def already_destroyed(tip: Tip) -> Iterator[Any]:
    """Nothing is left to destroy."""
    if tip.keys.destroyed_at:
        yield _("The content was destroyed already.")


@obstacle
def held(tip: Tip) -> Iterator[Any]:
    """Somebody demands that it is kept."""
    if TipHold.objects.filter(tip=tip, lifted_at=None).exists():
        yield _("A legal hold stands on the tip.")


@obstacle
def under_way(tip: Tip) -> Iterator[Any]:
    """Runs of the matter that have not ended, the purge's own aside."""
    runs = Run.objects.filter(family=tip.leading_run.family_id, status__in=OPEN).exclude(
        process_id="tip_purge"
    )
    for process in runs.values_list("process_id", flat=True):
        yield RUNS.get(process, OTHER)


@obstacle
def unpaid(tip: Tip) -> Iterator[Any]:
    """A reward that was claimed and not paid needs the payee."""
    paid = Coalesce(Sum("payouts__amount", filter=Q(payouts__came_back=None)), Decimal("0.00"))
    claimed = Reward.objects.filter(tip=tip, claimed_at__isnull=False).annotate(paid=paid)
    claimed = claimed.filter(paid__lt=F("amount"))
    if claimed.exclude(run__status=Run.Status.ENDED).exists():
        yield _("The reward was claimed and is not paid.")
