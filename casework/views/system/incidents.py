"""Incidents by cause: look, preview, retry, ask for a skip, decide on one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.permissions import DECIDES_SKIPS, MENDS_SYSTEM, SEES_SYSTEM, require_role, units_of
from casework.system_faces import KINDS, RESOLUTIONS, preview, tabs
from workflows import journal, oversight
from workflows.errors import Refusal
from workflows.incidents.remedies import remedy_words
from workflows.incidents.retrying import retry
from workflows.incidents.skipping import ask_to_skip, decide_skip
from workflows.models import Incident
from workflows.now import now

PAGE_SIZE = 100
MOST_AT_ONCE = 1000


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
    act = "skip" if request.GET.get("act") == "skip" else "retry"
    rows = preview(_chosen(_open(units, fingerprint), request.GET.getlist("incident")), act)
    context = {
        "tabs": tabs("incidents"),
        "fingerprint": fingerprint,
        "act": act,
        "rows": rows,
        "touched_count": sum(row["is_touched"] for row in rows),
    }
    return render(request, "casework/system/preview.html", context)


@staff("operator of the bureau")
@require_POST
def retry_incidents(request: StaffRequest, fingerprint: str) -> HttpResponse:
    """Try the chosen incidents again."""
    units = require_role(request.user, MENDS_SYSTEM, now=now())
    chosen = _chosen(_open(units, fingerprint), request.POST.getlist("incident"))
    result = retry(chosen, actor=request.user, now=now())
    said = ngettext("%(count)s step is tried again.", "%(count)s steps are tried again.", result.begun)
    if result.begun:
        messages.success(request, said % {"count": result.begun})
    for sentence in result.refused:
        messages.error(request, sentence)
    return redirect("system:incidents")


@staff("operator of the bureau")
@require_POST
def ask_skip(request: StaffRequest, fingerprint: str) -> HttpResponse:
    """Ask for the chosen incidents to be left out; a second person decides."""
    units = require_role(request.user, MENDS_SYSTEM, now=now())
    chosen = _chosen(_open(units, fingerprint), request.POST.getlist("incident"))
    wanted = oversight.skippable(chosen)
    ask_to_skip(wanted, reason=request.POST.get("reason", ""), actor=request.user, now=now())
    messages.success(request, _("Another person now has to decide."))
    return redirect("system:skips")


@staff("operator, chief or auditor of the bureau")
@require_safe
def skip_requests(request: StaffRequest) -> HttpResponse:
    """Wishes that wait for a second person."""
    units = require_role(request.user, SEES_SYSTEM, now=now())
    may_decide = bool(units_of(request.user, DECIDES_SKIPS, now()))
    rows = [
        {
            "request": one,
            "incidents": _of_units(one, units),
            "may_decide": may_decide and one.asked_by_id != request.user.pk,
            "is_mine": one.asked_by_id == request.user.pk,
        }
        for one in oversight.skip_requests(units)
    ]
    context = {"tabs": tabs("skips"), "rows": rows, "kinds": KINDS}
    return render(request, "casework/system/skips.html", context)


def _of_units(one: Any, units: set[int]) -> list[Incident]:
    return [i for i in one.incidents.all() if i.run is None or i.run.unit_id in units]


@staff("operator or chief of the bureau, never who asked")
@require_POST
def decide(request: StaffRequest, request_id: int) -> HttpResponse:
    """Approve or refuse a wish of somebody else."""
    units = require_role(request.user, DECIDES_SKIPS, now=now())
    found = next((one for one in oversight.skip_requests(units) if one.pk == request_id), None)
    if found is None:
        raise NotFound
    approve = request.POST.get("decision") == "approve"
    decide_skip(found, approve=approve, actor=request.user, now=now())
    messages.success(request, _("The wish was approved.") if approve else _("The wish was refused."))
    return redirect("system:skips")


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
