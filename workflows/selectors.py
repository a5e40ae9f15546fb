"""Reading: work for a person, the history and the live places of a run."""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from workflows.duties import offered_to
from workflows.models import Clock, JournalEntry, Run, WorkItem


def work_for(account: Any, now: datetime) -> QuerySet[WorkItem]:
    """What the account may do, the nearest legal deadline first."""
    return (
        offered_to(account, now)
        .select_related("run", "clock")
        .order_by(F("due_at").asc(nulls_last=True), "offered_at")
    )


def open_items(run: Run) -> QuerySet[WorkItem]:
    """Work of a run that waits for somebody."""
    return run.work_items.filter(status=WorkItem.Status.OPEN).select_related("assignee", "clock")


def open_clocks(run: Run) -> QuerySet[Clock]:
    """Legal periods of a run that are still running, the nearest first."""
    return run.clocks.filter(ended_at=None).order_by("due_at")


def live_elements(run: Run) -> set[str]:
    """Elements at which the run waits now."""
    live = set(run.work_items.filter(status="open").values_list("element_id", flat=True))
    live |= set(run.timers.values_list("element_id", flat=True))
    return live | set(run.subscriptions.values_list("element_id", flat=True))


def history(run: Run) -> QuerySet[JournalEntry]:
    """The journal of a run, oldest first."""
    return run.journal.select_related("actor").order_by("id")
