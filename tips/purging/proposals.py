"""Which proposals to destroy the content of a tip are under way."""

from django.db.models import QuerySet

from tips.models import Tip, TipPurge
from tips.purging.obstacles import OPEN


def under_way() -> QuerySet[TipPurge]:
    """Proposals that may still destroy something; one that was taken back only waits for somebody to put it away."""
    return TipPurge.objects.filter(
        run__status__in=OPEN, destroyed_at=None, withdrawn_at=None, stopped_at=None
    )


def running_purge(tip: Tip) -> TipPurge | None:
    """The proposal of a tip that is under way, if there is one."""
    return under_way().filter(tip=tip).select_related("run").first()
