"""Incidents by cause: look, preview a retry or a skip, ask for one."""

import contextlib
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.form_keys import form_key
from casework.permissions import MENDS_SYSTEM, SEES_SYSTEM, require_role, units_of
from casework.system_faces import KINDS, RESOLUTIONS, preview, tabs
from casework.system_forms import ReasonForm
from workflows import journal, oversight
from workflows.errors import Refusal, Repeated
from workflows.incidents.remedies import remedy_words
from workflows.incidents.requests import ask
from workflows.models import Incident, IncidentRequest
from workflows.now import now

PAGE_SIZE = 100
MOST_AT_ONCE = 1000
Kind = IncidentRequest.Kind


@staff("operator, chief or auditor of the bureau")
@require_safe
def incident_groups(request: StaffRequest) -> HttpResponse:
    """Open incidents by cause, and those settled last."""
    units = require_role(request.user, SEES_SYSTEM, now=now())
    journal.record("system_viewed", now=now(), actor=request.user, part="incidents")
    context = {
        "tabs": tabs("incidents"),
        "groups": [_face(group) for group in oversight.groups(units)],
        "settled": [
            {"incident": one, "kind": KINDS[one.kind], "end": RESOLUTIONS[one.resolution]}
            for one in oversight.lately_settled(units)
        ],
    }
    return render(request, "casework/system/incidents.html", context)


def _face(group: oversight.Group) -> dict[str, Any]:
    return {"group": group, "kind": KINDS[group.first.kind], "remedy": remedy_words(group.first.remedy)}


@staff("operator, chief or auditor of the bureau")
@require_safe
def incident_group(request: StaffRequest, fingerprint: str) -> HttpResponse:
    """The open incidents of one cause, with what to do."""
    units = require_role(request.user, SEES_SYSTEM, now=now())
    found = _open(units, fingerprint)
    journal.record("system_viewed", now=now(), actor=request.user, part="incident", fingerprint=fingerprint)
    first = found[0]
    context = {
        "tabs": tabs("incidents"),
        "first": first,
        "kind": KINDS[first.kind],
        "remedy": remedy_words(first.remedy),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "count": len(found),
        "may_mend": bool(units_of(request.user, MENDS_SYSTEM, now()) & units),
    }
    return render(request, "casework/system/incident.html", context)


@staff("operator of the bureau")
@require_safe
def preview_act(request: StaffRequest, fingerprint: str) -> HttpResponse:
    """What a retry or a skip would do to the chosen incidents, before anything is done."""
    units = require_role(request.user, MENDS_SYSTEM, now=now())
    return _previewed(request, units, fingerprint, request.GET, ReasonForm())


@staff("operator of the bureau")
@require_POST
def ask_about(request: StaffRequest, fingerprint: str) -> HttpResponse:
    """Ask for the chosen incidents to be tried again or left out; a second person decides."""
    units = require_role(request.user, MENDS_SYSTEM, now=now())
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _previewed(request, units, fingerprint, request.POST, form)
    act = _act(request.POST)
    key = form_key(request, f"ask:{act}")
    with contextlib.suppress(Repeated):
        wanted = oversight.askable(_chosen(_open(units, fingerprint), request.POST.getlist("incident")), act)
        ask(wanted, act, reason=form.cleaned_data["reason"], actor=request.user, key=key, now=now())
    messages.success(request, _("Another person now has to decide."))
    return redirect("system:requests")


def _previewed(
    request: StaffRequest, units: set[int], fingerprint: str, asked: QueryDict, form: ReasonForm
) -> HttpResponse:
    act = _act(asked)
    rows = preview(_chosen(_open(units, fingerprint), asked.getlist("incident")), act)
    context = {
        "tabs": tabs("incidents"),
        "fingerprint": fingerprint,
        "act": act,
        "rows": rows,
        "touched_count": sum(row["is_touched"] for row in rows),
        "form": form,
        "key": asked.get("key") or uuid4(),
    }
    status = 422 if form.errors else 200
    return render(request, "casework/system/preview.html", context, status=status)


def _act(asked: QueryDict) -> str:
    return Kind.SKIP if asked.get("act") == Kind.SKIP else Kind.RETRY


def _open(units: set[int], fingerprint: str) -> list[Incident]:
    found = oversight.incidents(units).filter(fingerprint=fingerprint, resolved_at=None)
    rows = list(found.order_by("raised_at", "pk")[:MOST_AT_ONCE])
    if not rows:
        raise NotFound
    return rows


def _chosen(found: list[Incident], numbers: list[str]) -> list[Incident]:
    """The ticked ones; without a tick the whole group. Raises: Refusal."""
    if not numbers:
        return found
    chosen = [incident for incident in found if str(incident.pk) in set(numbers)]
    if not chosen:
        raise Refusal
    return chosen
