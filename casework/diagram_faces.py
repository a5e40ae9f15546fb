"""A run's drawn processes with tokens, laps and failed steps, and the same as tables."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.case_faces import PROCESSES
from casework.faces import Diagram, StepRow
from casework.permissions import ROLES
from workflows.drawing import Place, places_of
from workflows.models import Run, WorkItem

NOWHERE = Place()


def diagram_of(run: Run, *, for_operators: bool = False) -> list[Diagram]:
    """The drawn processes of a run, its own first; operators get the way to each failed step."""
    definition = run.definition
    places = places_of(run)
    done = run.work_items.filter(status=WorkItem.Status.COMPLETED).select_related("completed_by")
    last = {item.element_id: item for item in done.order_by("completed_at")}
    names = sorted(definition.diagrams, key=lambda name: name != run.process_id)
    return [
        _diagram(name, definition.diagrams[name], definition.elements, places, last, for_operators)
        for name in names
    ]


def _diagram(
    process_id: str,
    xml: str,
    elements: Mapping[str, Mapping[str, Any]],
    places: Mapping[str, Place],
    last: Mapping[str, WorkItem],
    for_operators: bool,
) -> Diagram:
    own = {key: element for key, element in elements.items() if element["process_id"] == process_id}
    here = {key: place for key, place in places.items() if key in own}
    listed = [one for key, one in own.items() if one["kind"] == "person" or key in here]
    return Diagram(
        title=_(PROCESSES.get(process_id, process_id)),
        xml=xml,
        tokens={key: place.token_count for key, place in here.items() if place.token_count},
        armed=[key for key, place in here.items() if place.is_armed],
        done={key: place.passed_count for key, place in here.items() if place.passed_count},
        troubles={key: len(place.incidents) for key, place in here.items() if place.incidents},
        steps=[
            _step(one, here.get(one["element_id"], NOWHERE), last.get(one["element_id"]), for_operators)
            for one in listed
        ],
    )


def _step(element: Mapping[str, Any], place: Place, item: WorkItem | None, for_operators: bool) -> StepRow:
    url = ""
    if for_operators and place.incidents:
        url = reverse("system:incident", args=[place.incidents[0].fingerprint])
    return StepRow(
        element_id=element["element_id"],
        label=_(element["label"]) if element["label"] else element["element_id"],
        lane=str(ROLES.get(element["lane"], element["lane"] or "")) if element["kind"] == "person" else "",
        state="live" if place.is_live else "done" if place.passed_count else "open",
        who=str(item.completed_by) if item else "",
        at=place.passed_at,
        tokens=place.token_count,
        times=place.passed_count,
        troubles=len(place.incidents),
        trouble_url=url,
    )
