"""The journal for auditors: who did what and who looked, in their bureau."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.case_faces import happenings_of
from casework.permissions import Role, require_role
from workflows import journal as written
from workflows.models import JournalEntry, Run
from workflows.now import now

PAGE_SIZE = 100


@staff("auditor of the bureau")
@require_safe
def journal(request: StaffRequest) -> HttpResponse:
    """Entries of the bureau's matters, the newest first; the look itself is an entry."""
    units = require_role(request.user, {Role.AUDITOR}, now=now())
    families = Run.objects.filter(unit_id__in=units).values("family")
    found = JournalEntry.objects.filter(family__in=families).select_related("actor", "run").order_by("-id")
    if act := request.GET.get("act", ""):
        found = found.filter(act=act)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    written.record("journal_viewed", now=now(), actor=request.user, page=page.number, filter=act)
    happenings = happenings_of(reversed(list(page)))
    return render(
        request,
        "casework/journal.html",
        {"page": page, "rows": list(zip(page, happenings, strict=True)), "act": act},
    )
