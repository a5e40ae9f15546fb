"""Reading for operators: runs, incidents, outbox, timers of their units. Technical facts, no content of a matter."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Func, Max, Min, OuterRef, Q, QuerySet, TextField, Value

from workflows.incidents.requests import can_ask
from workflows.models import (
    ChildGroup,
    Definition,
    Incident,
    IncidentRequest,
    Intervention,
    JournalBatch,
    OutboxEntry,
    Run,
    RunMigration,
    Subscription,
    Timer,
    WorkItem,
)

Units = Collection[int]
WAITS: dict[str, Any] = {
    "person": lambda: WorkItem.objects.filter(run=OuterRef("pk"), status=WorkItem.Status.OPEN),
    "timer": lambda: Timer.objects.filter(run=OuterRef("pk"), skipped_at=None),
    "message": lambda: Subscription.objects.filter(run=OuterRef("pk")),
    "effect": lambda: OutboxEntry.objects.filter(run=OuterRef("pk"), done_at=None).exclude(task_id=""),
    "children": lambda: ChildGroup.objects.filter(run=OuterRef("pk")),
    "incident": lambda: Incident.objects.filter(run=OuterRef("pk"), resolved_at=None),
}


def runs(
    units: Units, *, number: str = "", state: str = "", waits: str = "", parent: UUID | None = None
) -> QuerySet[Run]:
    """Runs of the units, the newest first, each with `waits_for_…` for every kind of wait.

    `parent`: only the child runs of that run, in the order of their items.
    """
    found = Run.objects.filter(unit_id__in=units).defer("state", "outcome")
    if parent:
        found = found.filter(parent=parent)
    if number:
        found = found.filter(business_key__contains=number)
    if state in Run.Status.values:
        found = found.filter(status=state)
    if waits in WAITS:
        found = found.filter(Exists(WAITS[waits]()))
    elif waits == "nothing":
        anything = [Exists(WAITS[kind]()) for kind in WAITS if kind != "incident"]
        found = found.filter(*[~one for one in anything], status=Run.Status.RUNNING)
    order = ("parent_task_id", "item_index") if parent else ("-started_at", "-id")
    return found.annotate(**{f"waits_for_{kind}": Exists(rows()) for kind, rows in WAITS.items()}).order_by(
        *order
    )


def _of(units: Units) -> Q:
    """Rows of the units' runs, and those that belong to no run at all."""
    return Q(run__unit_id__in=units) | Q(run=None)


def incidents(units: Units) -> QuerySet[Incident]:
    """Incidents that an operator of the units may see."""
    return Incident.objects.filter(_of(units)).select_related("run", "request", "outbox_entry")


@dataclass(frozen=True)
class Group:
    """Open incidents of one cause."""

    fingerprint: str
    first: Incident
    count: int
    raised_at: datetime
    last_failed_at: datetime
    next_try_at: datetime | None
    asked_count: int = field(default=0)


def groups(units: Units) -> list[Group]:
    """Open incidents by cause, the most frequent first."""
    opened = incidents(units).filter(resolved_at=None)
    rows = (
        opened.order_by()
        .values("fingerprint")
        .annotate(
            count=Count("pk"),
            raised_at=Min("raised_at"),
            last_failed_at=Max("last_failed_at"),
            next_try_at=Min("next_try_at"),
            asked_count=Count("request"),
            first=Min("pk"),
        )
        .order_by("-count", "raised_at")[:200]
    )
    found = list(rows)
    firsts = Incident.objects.in_bulk([row["first"] for row in found])
    return [Group(**{**row, "first": firsts[row["first"]]}) for row in found]


def lately_settled(units: Units, count: int = 20) -> QuerySet[Incident]:
    """Incidents that ended last."""
    return incidents(units).filter(resolved_at__isnull=False).order_by("-resolved_at")[:count]


def incident_requests(units: Units) -> list[IncidentRequest]:
    """Wishes about failed steps that nobody has decided yet, with the open incidents of the units."""
    mine = incidents(units).filter(resolved_at=None, request__decided_at=None)
    waiting = IncidentRequest.objects.filter(incidents__in=mine).distinct().select_related("asked_by")
    return list(waiting.order_by("asked_at").prefetch_related("incidents__run"))


def interventions(units: Units) -> list[Intervention]:
    """Changes of runs of the units that somebody asked for and nobody has decided yet."""
    waiting = Intervention.objects.filter(decided_at=None, run__unit_id__in=units)
    return list(waiting.select_related("run__definition", "asked_by").order_by("asked_at"))


def outbox(units: Units, *, state: str = "") -> QuerySet[OutboxEntry]:
    """Effects: those still to be carried out, those that failed before, or those done last."""
    found = OutboxEntry.objects.filter(_of(units)).select_related("run").defer("payload", "run__state")
    if state == "done":
        return found.filter(done_at__isnull=False).order_by("-id")
    found = found.filter(done_at=None)
    if state == "failing":
        found = found.filter(attempt_count__gt=0)
    return found.order_by("next_try_at", "id")


def timers(units: Units, *, state: str, now: datetime) -> QuerySet[Timer]:
    """Timers by due moment: all, those due, those put off after a failure, those left out."""
    found = Timer.objects.filter(run__unit_id__in=units).select_related("run").defer("run__state")
    match state:
        case "due":
            found = found.filter(due_at__lt=now, skipped_at=None)
        case "failing":
            found = found.filter(put_off_until__isnull=False, skipped_at=None)
        case "skipped":
            found = found.filter(skipped_at__isnull=False)
    return found.order_by("due_at", "id")


def waits_of(run: Run) -> list[dict[str, Any]]:
    """What a run waits for, one row each: kind, task, element, since or until when, how often tried."""
    work = run.work_items.filter(status__in=[WorkItem.Status.OPEN, WorkItem.Status.SUSPENDED])
    items = work.values("task_id", "element_id", at=F("offered_at"))
    clocks = run.timers.values("task_id", "element_id", "attempt_count", "skipped_at", at=F("due_at"))
    messages = run.subscriptions.values("task_id", "element_id")
    effects = run.outbox.filter(done_at=None).exclude(task_id="")
    asked = effects.values("task_id", "attempt_count", "element_id", "operation", at=F("next_try_at"))
    groups = run.child_groups.values("task_id", "element_id", "count", "done_count", at=F("opened_at"))
    kinds = (
        ("person", items), ("timer", clocks), ("message", messages), ("effect", asked), ("children", groups),
    )  # fmt: skip
    return [{"kind": kind, **row} for kind, rows in kinds for row in rows]


def children_by_state(run: Run) -> dict[str, int]:
    """How many child runs of a run are in each state."""
    return dict(run.children.order_by().values_list("status").annotate(number=Count("pk")))


def seals() -> QuerySet[JournalBatch]:
    """Sealed batches of the journal, the newest first, each with `root_hex`."""
    in_hex = Func(F("root"), Value("hex"), function="encode", output_field=TextField())
    return JournalBatch.objects.annotate(root_hex=in_hex).order_by("-number")


def askable(found: Collection[Incident], kind: str) -> list[Incident]:
    """Those of which it may be asked that they be tried again or left out."""
    return [incident for incident in found if can_ask(incident, kind)]


def migrations(units: Units) -> QuerySet[RunMigration]:
    """Migrations that carried over runs of the units, the newest first, with how many, and how many were undone."""
    mine = Q(snapshots__run__unit_id__in=units)
    return (
        RunMigration.objects.filter(mine)
        .annotate(
            carried_count=Count("snapshots", filter=mine, distinct=True),
            undone_count=Count(
                "snapshots", filter=mine & Q(snapshots__undone_at__isnull=False), distinct=True
            ),
        )
        .select_related("source", "target", "started_by")
        .order_by("-id")
    )


def under_version(definition_id: str, units: Units) -> QuerySet[Run]:
    """Running matters of the units under one version of a model, the oldest first."""
    running = Run.objects.filter(definition_id=definition_id, status=Run.Status.RUNNING, unit_id__in=units)
    return running.order_by("started_at", "id")


def version_pairs(units: Units) -> list[tuple[Definition, Definition, int]]:
    """Old versions under which runs of the units still go on, with the current one and how many runs."""
    counts = (
        Run.objects.filter(status=Run.Status.RUNNING, unit_id__in=units, definition__is_current=False)
        .order_by()
        .values("definition_id")
        .annotate(count=Count("pk"))
    )
    number = {row["definition_id"]: row["count"] for row in counts}
    old = (
        Definition.objects.filter(pk__in=number)
        .defer("payload", "diagrams")
        .order_by("process_id", "version")
    )
    names = {one.process_id for one in old}
    current = Definition.objects.filter(process_id__in=names, is_current=True).defer("payload", "diagrams")
    now = {one.process_id: one for one in current}
    return [(one, now[one.process_id], number[one.pk]) for one in old if one.process_id in now]
