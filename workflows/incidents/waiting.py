"""The no-stall invariant: every open run waits for somebody or something that can still come."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from workflows.models import Incident, OutboxEntry, Run, Subscription, Timer, WorkItem


def has_wait(run: OuterRef) -> Q:
    """Whether a run has a live wait: open work, a timer, a message it listens for, an effect on its way.

    A legal clock is no wait: it says until when, and nothing happens when it ends unless a timer stands beside it.
    """
    return (
        Q(Exists(WorkItem.objects.filter(run=run, status=WorkItem.Status.OPEN)))
        | Q(Exists(Timer.objects.filter(run=run, skipped_at=None)))
        | Q(Exists(Subscription.objects.filter(run=run)))
        | Q(Exists(OutboxEntry.objects.filter(run=run, done_at=None).exclude(task_id="")))
    )


def stalled_runs() -> QuerySet[Run]:
    """Open runs that wait for nothing and of which nobody has been told yet."""
    told = Incident.objects.filter(run=OuterRef("pk"), resolved_at=None)
    return Run.objects.filter(~has_wait(OuterRef("pk")), ~Exists(told), status=Run.Status.RUNNING)


def open_tasks(run: Run) -> set[str]:
    """Tokens of a run for which there is a row that can still move them."""
    items = WorkItem.objects.filter(run=run, status=WorkItem.Status.OPEN)
    timers = Timer.objects.filter(run=run, skipped_at=None)
    effects = OutboxEntry.objects.filter(run=run, done_at=None).exclude(task_id="")
    rows = (items, timers, Subscription.objects.filter(run=run), effects)
    return {task_id for found in rows for task_id in found.values_list("task_id", flat=True)}
