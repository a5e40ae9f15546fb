"""Runs: the list by number, state and waits, and one run with its waits and incidents."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.case_faces import PROCESSES
from casework.errors import NotFound
from casework.faces import Fact
from casework.permissions import SEES_SYSTEM, require_role
from casework.system_faces import KINDS, RESOLUTIONS, STATES, WAITS, tabs
from workflows import journal, oversight
from workflows.incidents.remedies import remedy_words
from workflows.models import Run
from workflows.now import now

PAGE_SIZE = 50


@staff("operator, chief or auditor of the bureau")
@require_safe
def runs(request: StaffRequest) -> HttpResponse:
    """Runs of the bureau, the newest first."""
    units = require_role(request.user, SEES_SYSTEM, now=now())
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("number", "state", "waits")}
    page = Paginator(oversight.runs(units, **asked), PAGE_SIZE).get_page(request.GET.get("page"))
    journal.record("system_viewed", now=now(), actor=request.user, part="runs")
    context = {
        "tabs": tabs("runs"),
        "asked": asked,
        "states": [(value, word) for value, (_tone, word) in STATES.items()],
        "waits": WAITS.items(),
        "page": page,
        "rows": [_row(run) for run in page],
    }
    return render(request, "casework/system/runs.html", context)


def _row(run: Any) -> dict[str, Any]:
    words = [str(word) for kind, word in WAITS.items() if getattr(run, f"waits_for_{kind}", False)]
    stands_still = not words and run.status == Run.Status.RUNNING
    return {
        "run": run,
        "process": _(PROCESSES.get(run.process_id, run.process_id)),
        "state": STATES[run.status],
        "waits": words or ([str(WAITS["nothing"])] if stands_still else []),
        "stands_still": stands_still,
    }


@staff("operator, chief or auditor of the run's bureau")
@require_safe
def run_page(request: StaffRequest, run_id: Any) -> HttpResponse:
    """One run: version, revision, waits, incidents; nothing of its data."""
    units = require_role(request.user, SEES_SYSTEM, now=now())
    run = Run.objects.filter(pk=run_id, unit_id__in=units).select_related("definition").first()
    if run is None:
        raise NotFound
    journal.record("run_viewed", now=now(), actor=request.user, run=run)
    incidents = [
        {
            "incident": one,
            "kind": KINDS[one.kind],
            "remedy": remedy_words(one.remedy),
            "end": RESOLUTIONS.get(one.resolution),
        }
        for one in run.incidents.order_by("-raised_at")[:50]
    ]
    labels = {key: element["label"] for key, element in run.definition.elements.items()}
    waits = [
        {**wait, "word": WAITS[wait["kind"]], "label": labels.get(wait["element_id"]) or wait["element_id"]}
        for wait in oversight.waits_of(run)
    ]
    context = {"run": run, "tabs": tabs("runs"), "facts": _facts(run), "waits": waits, "incidents": incidents}
    return render(request, "casework/system/run.html", context)


def _facts(run: Run) -> list[Fact]:
    return [
        Fact(_("Number"), run.business_key),
        Fact(_("Process"), f"{_(PROCESSES.get(run.process_id, run.process_id))} v{run.definition.version}"),
        Fact(_("State"), STATES[run.status][1]),
        Fact(_("Steps so far"), run.revision),
        Fact(_("Size of the stored state"), _("%(count)s bytes") % {"count": len(bytes(run.state))}),
        Fact(_("Digest of the model"), run.definition_id[:16]),
        Fact(_("Technical number"), run.pk),
    ]
