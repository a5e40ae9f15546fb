"""What somebody wants done by hand and a second person has to decide: failed steps, changes of a run."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.form_keys import form_key
from casework.permissions import (
    DECIDES_INTERVENTIONS,
    DECIDES_REQUESTS,
    SEES_REQUESTS,
    SEES_SYSTEM,
    require_role,
    units_of,
)
from casework.system_faces import INTERVENTIONS, KINDS, PARTS, REQUESTS, label_of, standing_words, tabs
from workflows import journal, oversight
from workflows.by_hand.interventions import Wish, decide_intervention, try_out
from workflows.errors import Refusal, Repeated
from workflows.incidents.requests import decide
from workflows.models import Incident, IncidentRequest, Intervention
from workflows.now import now


@staff("operator, chief, leader or auditor of the bureau")
@require_safe
def requests(request: StaffRequest) -> HttpResponse:
    """Requests that wait for a second person; a leader sees those that change the course of a matter."""
    units = require_role(request.user, SEES_REQUESTS, now=now())
    technical = units_of(request.user, SEES_SYSTEM, now())
    mends, decides = (
        units_of(request.user, roles, now()) for roles in (DECIDES_REQUESTS, DECIDES_INTERVENTIONS)
    )
    journal.record("system_viewed", now=now(), actor=request.user, part="requests")
    context = {
        "tabs": tabs("requests", only=PARTS if technical else ["requests"]),
        "changes": [_change(request, one, decides) for one in oversight.interventions(units)],
        "rows": [_row(request, one, technical, mends) for one in oversight.incident_requests(technical)],
        "kinds": KINDS,
        "sees_system": bool(technical),
        "key": uuid4(),
    }
    return render(request, "casework/system/requests.html", context)


def _row(request: StaffRequest, one: IncidentRequest, units: set[int], mends: set[int]) -> dict[str, Any]:
    incidents = [i for i in one.incidents.all() if _is_of(i, units)]
    return {
        "request": one,
        "title": REQUESTS[one.kind],
        "incidents": incidents,
        **_hands(request, one, bool(mends)),
    }


def _change(request: StaffRequest, one: Intervention, decides: set[int]) -> dict[str, Any]:
    target = label_of(one.run, one.target_id) if one.target_id else ""
    outcome = ", ".join(f"{name} = {value}" for name, value in one.outcome.items())
    facts = {"change": one, "title": INTERVENTIONS[one.kind], "target": target, "outcome": outcome}
    facts |= {"element": label_of(one.run, one.element_id)} | _hands(request, one, one.run.unit_id in decides)
    wish = Wish(one.kind, one.task_id, one.element_id, one.target_id, one.outcome)
    try:
        found = try_out(one.run, wish, actor=request.user, now=now())
    except Refusal as refusal:
        return {**facts, "refusal": str(refusal)}
    return {
        **facts,
        "before": standing_words(one.run, found.before),
        "after": standing_words(one.run, found.after),
    }


def _hands(request: StaffRequest, one: Any, may_decide: bool) -> dict[str, bool]:
    is_mine = one.asked_by_id == request.user.pk
    return {"may_decide": may_decide and not is_mine, "is_mine": is_mine}


def _is_of(incident: Incident, units: set[int]) -> bool:
    return incident.run is None or incident.run.unit_id in units


@staff("operator or chief of the bureau, never who asked")
@require_POST
def decide_incidents(request: StaffRequest, request_id: int) -> HttpResponse:
    """Approve or refuse what somebody else wants done about failed steps."""
    units = require_role(request.user, DECIDES_REQUESTS, now=now())
    found = next((one for one in oversight.incident_requests(units) if one.pk == request_id), None)
    if found is None or not all(_is_of(one, units) for one in found.incidents.all()):
        raise NotFound
    approve = request.POST.get("decision") == "approve"
    key = form_key(request, f"decide:{found.pk}")
    try:
        refused = decide(found, approve=approve, actor=request.user, key=key, now=now())
    except Repeated:
        return redirect("system:requests")
    _say(request, approve)
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("system:requests")


@staff("leader or chief of the run's bureau, never who asked")
@require_POST
def decide_change(request: StaffRequest, change_id: int) -> HttpResponse:
    """Approve or refuse a change of a run by hand."""
    units = require_role(request.user, DECIDES_INTERVENTIONS, now=now())
    found = next((one for one in oversight.interventions(units) if one.pk == change_id), None)
    if found is None:
        raise NotFound
    approve = request.POST.get("decision") == "approve"
    key = form_key(request, f"intervention:{found.pk}")
    try:
        decide_intervention(found, approve=approve, actor=request.user, key=key, now=now())
    except Repeated:
        return redirect("system:requests")
    _say(request, approve)
    return redirect("system:requests")


def _say(request: StaffRequest, approve: bool) -> None:
    said = _("The request was approved.") if approve else _("The request was refused.")
    messages.success(request, said)
