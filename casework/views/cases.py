"""Cases: the list, and one case in its parts."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.case_faces import LOOKS, happenings_of
from casework.clock_faces import clock_face, clock_faces
from casework.diagram_faces import diagram_of
from casework.errors import NotFound
from casework.faces import Fact, Tab
from casework.leads import lead_rows
from casework.models import Case, Evidence
from casework.permissions import Permission, may, units_of
from casework.selectors import (
    balances,
    case_clocks,
    case_documents,
    case_journal,
    main_party,
    search_cases,
    stored_evidence,
    visible_case,
    visible_cases,
)
from casework.services.suspend_run import may_suspend
from workflows import journal
from workflows.now import now
from workflows.registry import assigning_lanes
from workflows.selectors import open_clocks, open_items

PAGE_SIZE = 50
ORDERS = {"number": "number", "filed": "filed_on", "cause": "cause"}


@staff("visible cases only")
@require_safe
def case_list(request: StaffRequest) -> HttpResponse:
    """Cases that the asker may see; newest first unless sorted."""
    words = request.GET.get("q", "").strip()
    found = search_cases(request.user, words, now()) if words else visible_cases(request.user, now())
    wanted = request.GET.get("sort", "")
    column = ORDERS.get(wanted.lstrip("-"))
    order = [f"{'-' if wanted.startswith('-') else ''}{column}", "-id"] if column else ["-filed_on", "-id"]
    found = found.prefetch_related("parties").order_by(*order)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "casework/cases/list.html", {"page": page, "words": words})


@staff("view_case")
@require_safe
def case_page(request: StaffRequest, case_id: int, tab: str = "facts") -> HttpResponse:
    """One part of a case. Looking at it is in the journal."""
    case = visible_case(request.user, case_id, now())
    if tab not in PARTS:
        raise NotFound
    journal.record("case_viewed", now=now(), actor=request.user, run=case.run, part=tab)
    context = {
        "case": case,
        "party": main_party(case),
        "tab": tab,
        "tabs": _tabs(case, tab),
        "open_items": open_items(case.run) if case.run else [],
        "assigning_units": units_of(request.user, assigning_lanes(), now()),
        "next_clock": _next_clock(case),
        "may_handle": may(request.user, case, Permission.HANDLE, now()) and case.closed_at is None,
        **PARTS[tab][1](case, request),
    }
    return render(request, f"casework/cases/{tab}.html", context)


def _tabs(case: Case, current: str) -> list[Tab]:
    return [
        Tab(_(word), reverse("casework:case_part", args=[case.pk, name]), is_current=name == current)
        for name, (word, _part) in PARTS.items()
    ]


def _next_clock(case: Case) -> Any:
    return clock_face(open_clocks(case.run).first(), now()) if case.run else None


def _facts(case: Case, request: StaffRequest) -> dict[str, Any]:
    rows = [
        Fact(_("Case number"), case.number),
        Fact(_("Cause"), case.cause),
        Fact(_("Matter"), case.summary),
        Fact(_("Filed on"), case.filed_on.isoformat()),
        Fact(_("Filed by"), str(case.filed_by)),
        Fact(_("To be returned"), f"¥{case.recovery_amount:,.2f}"),
        Fact(_("Fine"), f"¥{case.fine_amount:,.2f}"),
    ]
    party = main_party(case)
    about = [
        Fact(_("Party"), party.name),
        Fact(_("Kind"), party.get_kind_display()),
        Fact(_("Credit code or identity number"), party.identifier),
        Fact(_("Legal representative"), party.representative),
        Fact(_("Address"), party.address),
    ]
    return {"rows": rows, "about": about, "leads": lead_rows(case, request.user, now())}


def _timeline(case: Case, request: StaffRequest) -> dict[str, Any]:
    with_looks = "looks" in request.GET
    entries = case_journal(case) if with_looks else case_journal(case).exclude(act__in=LOOKS)
    return {"happenings": happenings_of(entries), "with_looks": with_looks}


def _clocks(case: Case, _request: StaffRequest) -> dict[str, Any]:
    clocks = case_clocks(case).prefetch_related("pauses", "warnings")
    return {"clocks": clock_faces(clocks, now())}


def _process(case: Case, request: StaffRequest) -> dict[str, Any]:
    faces = diagram_of(case.run) if case.run else []
    is_open = case.run is not None and case.run.ended_at is None
    return {
        "diagrams": [{"face": face, "key": f"process{i}"} for i, face in enumerate(faces)],
        "may_suspend": is_open and case.run and may_suspend(request.user, case.run, now()),
    }


def _evidence(case: Case, _request: StaffRequest) -> dict[str, Any]:
    awaited = case.evidence.filter(state=Evidence.State.AWAITED)
    refused = case.evidence.filter(state=Evidence.State.REFUSED).exclude(refusal="given up")
    return {"evidence": stored_evidence(case), "awaited": awaited, "refused_files": refused}


def _documents(case: Case, _request: StaffRequest) -> dict[str, Any]:
    return {"documents": case_documents(case)}


def _findings(case: Case, _request: StaffRequest) -> dict[str, Any]:
    return {"findings": case.findings.select_related("party", "recorded_by").order_by("id")}


def _people(case: Case, _request: StaffRequest) -> dict[str, Any]:
    handlers = case.handlers.select_related("officer__account__bureau", "appointed_by").order_by("id")
    return {"handlers": handlers}


def _money(case: Case, _request: StaffRequest) -> dict[str, Any]:
    held = balances(("case", case.pk))
    return {"balances": [(ledger, code, amount) for (ledger, code), amount in sorted(held.items())]}


PARTS: dict[str, tuple[str, Callable[[Case, StaffRequest], dict[str, Any]]]] = {
    "facts": (gettext_noop("Facts"), _facts),
    "timeline": (gettext_noop("What happened"), _timeline),
    "clocks": (gettext_noop("Legal periods"), _clocks),
    "process": (gettext_noop("Process"), _process),
    "findings": (gettext_noop("Findings"), _findings),
    "evidence": (gettext_noop("Evidence"), _evidence),
    "documents": (gettext_noop("Documents"), _documents),
    "people": (gettext_noop("People"), _people),
    "money": (gettext_noop("Money"), _money),
}
