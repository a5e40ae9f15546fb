"""Runs: the list by number, state and waits, and one run with its waits and incidents."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.case_faces import PROCESSES
from casework.diagram_faces import diagram_of
from casework.errors import NotFound
from casework.faces import Fact
from casework.permissions import (
    DECIDES_INTERVENTIONS,
    MENDS_SYSTEM,
    SEES_SYSTEM,
    require_role,
    units_of,
)
from casework.services.suspend_run import may_suspend
from casework.system_faces import INTERVENTIONS, KINDS, RESOLUTIONS, STATES, WAITS, label_of, tabs, wait_rows
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
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("number", "state", "waits", "parent")}
    filters = {name: asked[name] for name in ("number", "state", "waits")}
    found = oversight.runs(units, **filters, parent=uuid_or_none(asked["parent"]))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
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


def run_or_404(request: StaffRequest, run_id: Any) -> Run:
    """A run of the asker's bureau; a leader sees it while a change by hand waits for a decision. Raises: NotFound."""
    found = Run.objects.filter(pk=run_id).select_related("definition").first()
    if found is None:
        raise NotFound
    roles = set(SEES_SYSTEM)
    if found.interventions.filter(decided_at=None).exists():
        roles |= DECIDES_INTERVENTIONS
    if found.unit_id not in units_of(request.user, roles, now()):
        raise NotFound
    return found


@staff("operator, chief or auditor of the run's bureau; its leader while a change by hand waits")
@require_safe
def run_page(request: StaffRequest, run_id: Any) -> HttpResponse:
    """One run: version, revision, drawing, waits, incidents; nothing of its data."""
    run = run_or_404(request, run_id)
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
    drawn = diagram_of(run, for_operators=run.unit_id in units_of(request.user, SEES_SYSTEM, now()))
    context = {
        "run": run,
        "tabs": tabs("runs"),
        "facts": _facts(run),
        "waits": wait_rows(run),
        "incidents": incidents,
        "diagrams": [{"face": face, "key": f"process{number}"} for number, face in enumerate(drawn)],
        "is_open": run.ended_at is None,
        "is_suspended": run.status == Run.Status.SUSPENDED,
        "may_mend": run.unit_id in units_of(request.user, MENDS_SYSTEM, now()),
        "may_suspend": may_suspend(request.user, run, now()),
        "asked": run.interventions.filter(decided_at=None).first(),
        "changes": _changes(run),
        "children": [(*STATES[state], n) for state, n in sorted(oversight.children_by_state(run).items())],
    }
    return render(request, "casework/system/run.html", context)


def _changes(run: Run) -> list[dict[str, Any]]:
    decided = run.interventions.exclude(decided_at=None).select_related("asked_by", "decided_by")
    return [
        {"change": one, "kind": INTERVENTIONS[one.kind], "element": label_of(run, one.element_id)}
        for one in decided.order_by("-decided_at")
    ]


def uuid_or_none(text: str) -> UUID | None:
    """The technical number in an address, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _facts(run: Run) -> list[Fact]:
    part = []
    if run.item_number is not None:
        words = {"number": run.item_number, "label": label_of(run, run.parent_element_id)}
        part = [Fact(_("Child run"), _("item %(number)s of “%(label)s”") % words)]
    return [
        Fact(_("Number"), run.business_key),
        *part,
        Fact(_("Process"), f"{_(PROCESSES.get(run.process_id, run.process_id))} v{run.definition.version}"),
        Fact(_("State"), STATES[run.status][1]),
        Fact(_("Steps so far"), run.revision),
        Fact(_("Size of the stored state"), _("%(count)s bytes") % {"count": len(bytes(run.state))}),
        Fact(_("Digest of the model"), run.definition_id[:16]),
        Fact(_("Technical number"), run.pk),
    ]
