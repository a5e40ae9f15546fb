"""My work: what waits for me, the nearest legal deadline first; taking and giving back."""

import contextlib
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from casework.access import StaffRequest, staff
from casework.clock_access import requests_to_answer
from casework.clock_faces import clock_face, clock_title
from casework.errors import NotFound
from casework.form_keys import form_key
from casework.permissions import ROLES
from workflows.door.commands import claim_item, release_item
from workflows.errors import Repeated
from workflows.models import WorkItem
from workflows.now import now
from workflows.selectors import work_for

PAGE_SIZE = 50
SHOWN = {"": gettext_noop("All"), "mine": gettext_noop("Taken by me"), "free": gettext_noop("Not taken yet")}


@staff("offered work: lane, candidates, duties")
@require_safe
def my_work(request: StaffRequest) -> HttpResponse:
    """The list; htmx asks for its rows alone when something changed."""
    moment = now()
    shown = request.GET.get("show", "")
    found = _filtered(work_for(request.user, moment), request, shown)
    page = Paginator(found.prefetch_related("clock__pauses", "clock__warnings"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context: dict[str, Any] = {
        "page": page,
        "rows": [
            {"item": item, "clock": clock_face(item.clock, moment), "role": ROLES.get(item.lane, item.lane)}
            for item in page
        ],
        "time_requests": [
            (one, clock_title(one.clock.rule_key)) for one in requests_to_answer(request.user, moment)
        ],
        "filters": [(key, _(word), key == shown) for key, word in SHOWN.items()],
        "key": uuid4(),
    }
    rows_only = request.headers.get("HX-Request") == "true" and not request.headers.get("HX-Boosted")
    return render(request, "casework/work/rows.html" if rows_only else "casework/work/list.html", context)


@staff("offered work: lane, candidates, duties")
@require_POST
def claim(request: StaffRequest, item_id: Any) -> HttpResponse:
    """Take an item and open it."""
    item = item_or_404(item_id)
    with contextlib.suppress(Repeated):
        claim_item(item, actor=request.user, key=form_key(request, f"claim:{item.pk}"), now=now())
    return redirect("casework:task", item_id=item.pk)


@staff("taken by the asker")
@require_POST
def release(request: StaffRequest, item_id: Any) -> HttpResponse:
    """Give an item back to its lane."""
    item = item_or_404(item_id)
    with contextlib.suppress(Repeated):
        release_item(item, actor=request.user, key=form_key(request, f"release:{item.pk}"), now=now())
    messages.success(request, _("“%(label)s” is open to others again.") % {"label": item.label})
    return redirect("casework:my_work")


def item_or_404(item_id: Any) -> WorkItem:
    """The work item. Raises: NotFound."""
    item = WorkItem.objects.select_related("run", "clock", "assignee").filter(pk=item_id).first()
    if item is None:
        raise NotFound
    return item


def _filtered(found: QuerySet[WorkItem], request: StaffRequest, shown: str) -> QuerySet[WorkItem]:
    if shown == "mine":
        found = found.filter(assignee=request.user)
    elif shown == "free":
        found = found.filter(assignee=None)
    if words := request.GET.get("number", "").strip():
        found = found.filter(run__business_key__contains=words)
    return found
