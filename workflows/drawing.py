"""A run as its drawing shows it: where the tokens are, how often each element was passed, where something failed.

Tokens come from the rows of waits, counts from the journal: the stored state forgets what lies behind.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max
from django.db.models.fields.json import KeyTextTransform

from workflows.models import Incident, Run, Subscription, Timer, WorkItem

# Acts that say that a token went on from an element, with the detail that names it in entries without an element.
PASSING = {
    "work_completed": "",
    "timer_fired": "",
    "effect_done": "operation",
    "message_received": "message",
}
LIVE = (WorkItem.Status.OPEN, WorkItem.Status.SUSPENDED)
Elements = Mapping[str, Mapping[str, Any]]


@dataclass
class Place:
    """One element of a run: tokens now, passages so far, the last of them, open incidents.

    `is_armed`: an event on the border of an activity listens; the token stands in the activity.
    """

    token_count: int = 0
    passed_count: int = 0
    passed_at: datetime | None = None
    is_armed: bool = False
    incidents: list[Incident] = field(default_factory=list)

    @property
    def is_live(self) -> bool:
        """Whether the run waits here."""
        return self.token_count > 0 or self.is_armed


Standing = tuple[str, str]
"""What a run waits for at one place: kind of the wait (person, timer, message, effect, children) and element."""


def standing_of(run: Run) -> tuple[Standing, ...]:
    """What a run waits for, as its rows say."""
    effects = run.outbox.filter(done_at=None).exclude(task_id="")
    found = {
        "person": run.work_items.filter(status__in=LIVE),
        "timer": run.timers.filter(skipped_at=None),
        "message": run.subscriptions.all(),
        "effect": effects,
        "children": run.child_groups.all(),
    }
    rows = [(kind, one) for kind, some in found.items() for one in some.values_list("element_id", flat=True)]
    return tuple(sorted(rows))


def places_of(run: Run) -> dict[str, Place]:
    """Every element of a run at which something is or was, by its id."""
    elements: Elements = run.definition.elements
    places: dict[str, Place] = defaultdict(Place)
    _passages(run, elements, places)
    tokens, inside = _tokens(run, elements), _inside_children(run)
    if not inside:
        tokens |= dict(run.child_groups.values_list("task_id", "element_id"))
    _live(elements, [*tokens.values(), *inside], places)
    for incident in Incident.objects.filter(run=run, resolved_at=None).order_by("pk"):
        here = _place_of(incident, elements, tokens)
        if here:
            places[here].incidents.append(incident)
    return dict(places)


def _tokens(run: Run, elements: Elements) -> dict[str, str]:
    """Element by task, for every wait that has a row."""
    found: dict[str, str] = dict(run.work_items.filter(status__in=LIVE).values_list("task_id", "element_id"))
    found |= dict(run.timers.values_list("task_id", "element_id"))
    found |= dict(run.subscriptions.values_list("task_id", "element_id"))
    effects = run.outbox.filter(done_at=None).exclude(task_id="")
    for task_id, element_id, operation in effects.values_list("task_id", "element_id", "operation"):
        found[task_id] = element_id or _only(elements, "operation", operation)
    return found


def _inside_children(run: Run) -> list[str]:
    """Elements at which the child runs of a run wait."""
    rows = (
        WorkItem.objects.filter(run__parent=run, status__in=LIVE),
        Timer.objects.filter(run__parent=run),
        Subscription.objects.filter(run__parent=run),
    )
    return [element_id for found in rows for element_id in found.values_list("element_id", flat=True)]


def _live(elements: Elements, standing: Any, places: dict[str, Place]) -> None:
    """Mark elements with their tokens, and the activity that calls a process with those inside it."""
    inside: Counter[str] = Counter()
    for element_id in filter(None, standing):
        element = elements.get(element_id, {})
        if element.get("attached_to"):
            places[element_id].is_armed = True
        else:
            places[element_id].token_count += 1
            inside[element.get("process_id", "")] += 1
    for process_id, count in inside.items():
        caller = _only(elements, "called", process_id)
        if caller:
            places[caller].token_count += count


def _passages(run: Run, elements: Elements, places: dict[str, Place]) -> None:
    rows = (
        run.journal.filter(act__in=PASSING)
        .order_by()
        .values(
            "act",
            "element_id",
            operation=KeyTextTransform("operation", "details"),
            message=KeyTextTransform("message", "details"),
        )
        .annotate(count=Count("id"), last=Max("at"))
    )
    names = _names_now(run)
    for row in rows:
        detail = PASSING[row["act"]]
        known = row["element_id"] or (_only(elements, detail, row[detail]) if detail else "")
        if known:
            place = places[names(known)]
            place.passed_count += row["count"]
            place.passed_at = max(filter(None, (place.passed_at, row["last"])))


def _names_now(run: Run) -> Any:
    """What an element is called now, after the runs' migrations that still hold."""
    snapshots = run.snapshots.filter(undone_at=None).order_by("taken_at", "id")
    steps = list(snapshots.values_list("migration__renamed", flat=True))

    def name(element_id: str) -> str:
        for renamed in steps:
            element_id = renamed.get(element_id, element_id)
        return element_id

    return name


def _place_of(incident: Incident, elements: Elements, tokens: Mapping[str, str]) -> str:
    return (
        incident.element_id
        or tokens.get(incident.task_id, "")
        or _only(elements, "operation", incident.operation)
    )


def _only(elements: Elements, fact: str, value: str | None) -> str:
    """The one element with that fact; of several nobody can say which."""
    found = [key for key, element in elements.items() if value and element.get(fact) == value]
    return found[0] if len(found) == 1 else ""
