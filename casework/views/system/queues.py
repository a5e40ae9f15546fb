"""Outbox, timers and the sealing of the journal: what waits, what failed, what was done last."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.permissions import SEES_SYSTEM, require_role
from casework.system_faces import tabs
from workflows import journal, oversight
from workflows.now import now

PAGE_SIZE = 50
OUTBOX = {
    "": gettext_noop("To be carried out"),
    "failing": gettext_noop("Failed before"),
    "done": gettext_noop("Done"),
}
TIMERS = {
    "": gettext_noop("All"),
    "due": gettext_noop("Due"),
    "failing": gettext_noop("Failed before"),
    "skipped": gettext_noop("Skipped"),
}


@staff("operator, chief or auditor of the bureau")
@require_safe
def outbox(request: StaffRequest) -> HttpResponse:
    """Effects with their attempts; no payload."""
    units = require_role(request.user, SEES_SYSTEM, now=now())
    state = _state(request, OUTBOX)
    found = oversight.outbox(units, state=state)
    return _list(request, "outbox", found, OUTBOX, state)


@staff("operator, chief or auditor of the bureau")
@require_safe
def timers(request: StaffRequest) -> HttpResponse:
    """Timers by due moment."""
    units = require_role(request.user, SEES_SYSTEM, now=now())
    state = _state(request, TIMERS)
    found = oversight.timers(units, state=state, now=now())
    return _list(request, "timers", found, TIMERS, state)


@staff("operator, chief or auditor of the bureau")
@require_safe
def seals(request: StaffRequest) -> HttpResponse:
    """Sealed batches of the journal: number, size, root."""
    require_role(request.user, SEES_SYSTEM, now=now())
    return _list(request, "seals", oversight.seals(), {}, "")


def _state(request: StaffRequest, known: dict[str, str]) -> str:
    state = request.GET.get("state", "")
    return state if state in known else ""


def _list(request: StaffRequest, part: str, found: Any, known: dict[str, str], state: str) -> HttpResponse:
    journal.record("system_viewed", now=now(), actor=request.user, part=part)
    context = {
        "tabs": tabs(part),
        "filters": [(key, _(word), key == state) for key, word in known.items()],
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "now": now(),
    }
    return render(request, f"casework/system/{part}.html", context)
