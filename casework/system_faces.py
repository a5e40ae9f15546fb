"""Words of the operators' pages: kinds of waits and incidents, what a preview says will happen."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from casework.faces import Tab
from workflows.drawing import Standing
from workflows.models import Incident, IncidentRequest, Intervention, Run
from workflows.oversight import askable, waits_of

PARTS = {
    "incidents": gettext_noop("Incidents"),
    "requests": gettext_noop("Requests"),
    "runs": gettext_noop("Runs"),
    "outbox": gettext_noop("Outbox"),
    "timers": gettext_noop("Timers"),
    "migrations": gettext_noop("Migrations"),
    "seals": gettext_noop("Sealing"),
}
WAITS: dict[str, Any] = {
    "person": gettext_lazy("work of a person"),
    "timer": gettext_lazy("a timer"),
    "message": gettext_lazy("a message"),
    "effect": gettext_lazy("an effect"),
    "children": gettext_lazy("child runs"),
    "incident": gettext_lazy("an incident to be solved"),
    "nothing": gettext_lazy("nothing"),
}
KINDS: dict[str, Any] = {
    Incident.Kind.EFFECT: gettext_lazy("Effect"),
    Incident.Kind.TIMER: gettext_lazy("Timer"),
    Incident.Kind.COMMAND: gettext_lazy("Work of a person"),
    Incident.Kind.MESSAGE: gettext_lazy("Message"),
    Incident.Kind.STALLED: gettext_lazy("Run that stands still"),
    Incident.Kind.START: gettext_lazy("Beginning of a matter"),
}
STATES: dict[str, tuple[str, Any]] = {
    Run.Status.RUNNING: ("active", gettext_lazy("in progress")),
    Run.Status.SUSPENDED: ("paused", gettext_lazy("suspended")),
    Run.Status.ENDED: ("done", gettext_lazy("ended")),
    Run.Status.CANCELLED: ("void", gettext_lazy("cancelled")),
}
RESOLUTIONS: dict[str, tuple[str, Any]] = {
    Incident.Resolution.SUCCEEDED: ("done", gettext_lazy("succeeded at a later try")),
    Incident.Resolution.SKIPPED: ("void", gettext_lazy("skipped by two people")),
    Incident.Resolution.GONE: ("void", gettext_lazy("no longer wanted")),
}
WILL: dict[tuple[str, str], Any] = {
    ("retry", Incident.Kind.EFFECT): gettext_lazy("is carried out at once"),
    ("retry", Incident.Kind.TIMER): gettext_lazy("is fired at once"),
    ("retry", Incident.Kind.STALLED): gettext_lazy("gets its waits back from its stored state"),
    ("skip", Incident.Kind.EFFECT): gettext_lazy("is never carried out; the run goes on without its answer"),
    ("skip", Incident.Kind.TIMER): gettext_lazy("never fires; the run goes on waiting for the rest"),
    ("skip", Incident.Kind.COMMAND): gettext_lazy("is closed; the work stays open for its person"),
    ("skip", Incident.Kind.START): gettext_lazy("is closed; the matter may still be begun again"),
    ("skip", Incident.Kind.MESSAGE): gettext_lazy("is closed; the sender may still send it again"),
}
UNTOUCHED = {
    "retry": gettext_lazy(
        "stays as it is: the person or the sender tries again, or somebody has asked already"
    ),
    "skip": gettext_lazy("stays as it is: it cannot be skipped, or somebody has asked already"),
}


REQUESTS: dict[str, Any] = {
    IncidentRequest.Kind.RETRY: gettext_lazy("Try failed steps again"),
    IncidentRequest.Kind.SKIP: gettext_lazy("Skip failed steps"),
}
INTERVENTIONS: dict[str, Any] = {
    Intervention.Kind.MOVE: gettext_lazy("Move a token"),
    Intervention.Kind.SKIP: gettext_lazy("Skip a step"),
    Intervention.Kind.CANCEL: gettext_lazy("Cancel the run"),
}


def tabs(current: str, *, only: Iterable[str] = PARTS) -> list[Tab]:
    """The parts of the system's pages."""
    return [Tab(_(PARTS[name]), reverse(f"system:{name}"), is_current=name == current) for name in only]


def label_of(run: Run, element_id: str) -> str:
    """The name of an element of a run's model in the reader's language."""
    label = run.definition.elements.get(element_id, {}).get("label")
    return _(label) if label else element_id


def wait_rows(run: Run) -> list[dict[str, Any]]:
    """What a run waits for, each with the word for its kind and the name of its element."""
    return [
        {
            **wait,
            "word": WAITS[wait["kind"]],
            "label": label_of(run, wait["element_id"]) or wait.get("operation", ""),
        }
        for wait in waits_of(run)
    ]


def standing_words(run: Run, standing: Iterable[Standing]) -> list[str]:
    """What a run waits for, one line each."""
    return [f"{label_of(run, element_id)} ({WAITS[kind]})" for kind, element_id in standing]


def preview(found: list[Incident], act: str) -> list[dict[str, Any]]:
    """For each incident what an act will do to it."""
    touched = askable(found, act)
    return [
        {
            "incident": one,
            "kind": KINDS[one.kind],
            "is_touched": one in touched,
            "will": WILL[act, one.kind] if one in touched else UNTOUCHED[act],
        }
        for one in found
    ]
