"""The no-stall invariant: every open run waits for somebody or something that can still come, and lost no wait."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from workflows.door.child_runs import live_groups
from workflows.models import Incident, OutboxEntry, Run, Subscription, Timer, WorkItem


def has_wait(run: OuterRef) -> Q:
    """Whether a run has a live wait: open work, a timer, a message it listens for, an effect, child runs.

    A legal clock is no wait: it says until when, and nothing happens when it ends unless a timer stands beside it.
    """
    return (
        Q(Exists(_work(run)))
        | Q(Exists(Timer.objects.filter(run=run, skipped_at=None)))
        | Q(Exists(Subscription.objects.filter(run=run)))
        | Q(Exists(_effects(run)))
        | Q(Exists(live_groups(run)))
    )


def _work(run: Any) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(run=run, status=WorkItem.Status.OPEN)


def _effects(run: Any) -> QuerySet[OutboxEntry]:
    return OutboxEntry.objects.filter(run=run, done_at=None).exclude(task_id="")


def standing_still() -> QuerySet[Run]:
    """Open runs that wait for nothing, or that have fewer rows than their state holds waits."""
    run = OuterRef("pk")
    rows = (
        _work(run), Timer.objects.filter(run=run), Subscription.objects.filter(run=run), _effects(run),
        live_groups(run),
    )  # fmt: skip
    counted = sum((_count(found) for found in rows[1:]), _count(rows[0]))
    return Run.objects.filter(status=Run.Status.RUNNING).filter(~has_wait(run) | Q(wait_count__gt=counted))


def _count(rows: QuerySet[Any]) -> Any:
    number = rows.order_by().values("run").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


def stalled_runs() -> QuerySet[Run]:
    """Runs that stand still and of which nobody has been told yet."""
    told = Incident.objects.filter(run=OuterRef("pk"), resolved_at=None)
    return standing_still().filter(~Exists(told))


def open_tasks(run: Run) -> set[str]:
    """Tokens of a run for which there is a row that can still move them."""
    timers = Timer.objects.filter(run=run, skipped_at=None)
    rows = (_work(run), timers, Subscription.objects.filter(run=run), _effects(run), live_groups(run.pk))
    return {task_id for found in rows for task_id in found.values_list("task_id", flat=True)}
