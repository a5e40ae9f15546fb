"""Reports to the province: those of one's own cases, and those that came in from below."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.selectors import visible_report, visible_reports
from workflows import journal
from workflows.now import now

PAGE_SIZE = 50


@staff("reports of visible cases, or received from below")
@require_safe
def report_list(request: StaffRequest) -> HttpResponse:
    """The newest first."""
    page = Paginator(visible_reports(request.user, now()), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "casework/reports/list.html", {"page": page})


@staff("reports of visible cases, or received from below")
@require_safe
def report_page(request: StaffRequest, report_id: int) -> HttpResponse:
    """One report with its four parts; looking at it is in the journal."""
    report = visible_report(request.user, report_id, now())
    journal.record("report_viewed", now=now(), actor=request.user, run=report.case.run, report=report.pk)
    return render(request, "casework/reports/page.html", {"report": report})
