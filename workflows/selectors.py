"""Reading: work for a person, the history and the live places of a run."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from workflows.duties import offered_to
from workflows.models import ChildGroup, Clock, JournalEntry, Run, Subscription, Timer, WorkItem


def work_for(account: Any, now: datetime) -> QuerySet[WorkItem]:
    """What the account may do, the nearest legal deadline first."""
    return (
        offered_to(account, now)
        .select_related("run", "clock")
        .order_by(F("due_at").asc(nulls_last=True), "offered_at")
    )


def of_matter(run: Run) -> Q:
    """Rows of the run that leads a matter and of its child runs, which have the same subject."""
    subject = {"subject_kind": run.subject_kind, "subject_id": run.subject_id}
    return Q(run__in=Run.objects.filter(family_id=run.family_id, **subject).values("pk"))


def open_items(run: Run) -> QuerySet[WorkItem]:
    """Work of a run and its child runs that waits for somebody."""
    found = WorkItem.objects.filter(of_matter(run), status=WorkItem.Status.OPEN)
    return found.select_related("assignee", "clock", "run").defer("run__state").order_by("offered_at", "id")


def open_clocks(run: Run) -> QuerySet[Clock]:
    """Legal periods of a run and its child runs that are still running, the nearest first."""
    return Clock.objects.filter(of_matter(run), ended_at=None).order_by("due_at")


def live_elements(run: Run) -> set[str]:
    """Elements at which the run and its child runs wait now."""
    rows = (
        WorkItem.objects.filter(of_matter(run), status=WorkItem.Status.OPEN),
        Timer.objects.filter(of_matter(run)),
        Subscription.objects.filter(of_matter(run)),
        run.child_groups.all(),
    )
    return {element for found in rows for element in found.values_list("element_id", flat=True)}


def live_elements_of(run_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Elements at which each of these runs waits, its child runs left out: four statements for any number of runs."""
    rows = (
        WorkItem.objects.filter(run__in=run_ids, status=WorkItem.Status.OPEN),
        Timer.objects.filter(run__in=run_ids),
        Subscription.objects.filter(run__in=run_ids),
        ChildGroup.objects.filter(run__in=run_ids),
    )
    found: dict[UUID, set[str]] = {}
    for place in rows:
        for run_id, element in place.values_list("run", "element_id"):
            found.setdefault(run_id, set()).add(element)
    return found


def history(run: Run) -> QuerySet[JournalEntry]:
    """The journal of a run, oldest first."""
    return run.journal.select_related("actor").order_by("id")
