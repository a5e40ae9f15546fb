"""The yearly reports on tips: list, one report, its files; publishing and withdrawing. And what everybody reads."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casework.access import StaffRequest, public, staff
from casework.errors import NotFound
from casework.services.read_document import read_document
from tips import tables
from tips.forms.yearly import WithdrawPublicationForm
from tips.models import YearlyTipReport
from tips.services.report_year import publish_report, withdraw_report
from tips.views.public import tabs
from tips.yearly.access import (
    Kind,
    act_of,
    clock_of,
    may_publish,
    publication_of,
    published_acts,
    readable_report,
    readable_reports,
    standing_draft,
)
from tips.yearly.faces import headline, sections
from tips.yearly.papers import draft_paper, workbook
from workflows import journal
from workflows.errors import Refusal, Repeated
from workflows.now import now
from workflows.rules.calendar import civil_date

RULE = "intake officers, leaders, chiefs and auditors of the bureau"


def state_of(report: YearlyTipReport) -> tuple[str, str]:
    """Word and tone of a report."""
    if publication_of(report):
        return _("published"), "done"
    if act_of(report, Kind.SENT):
        return _("reported upward"), "done"
    if act_of(report, Kind.APPROVED):
        return _("approved: to be sent"), "active"
    return (_("drafted"), "active") if report.drafts.exists() else (_("to be drafted"), "open")


@staff(RULE)
@require_safe
def report_list(request: StaffRequest) -> HttpResponse:
    """The newest first."""
    rows = [
        (report, *state_of(report), clock_of(report, now()))
        for report in readable_reports(request.user, now())
    ]
    return render(request, "tips/staff/yearly_reports.html", {"rows": rows})


@staff(RULE)
@require_safe
def report_page(request: StaffRequest, report_id: int) -> HttpResponse:
    """The standing figures and what was done with them."""
    return _page(request, readable_report(request.user, report_id, now()))


def _page(
    request: StaffRequest, report: YearlyTipReport, form: Any = None, status: int = 200
) -> HttpResponse:
    draft = standing_draft(report)
    approved, publication = act_of(report, Kind.APPROVED), publication_of(report)
    may = may_publish(request.user, report, now()) and approved is not None
    context = {
        "report": report,
        "draft": draft,
        "state": state_of(report),
        "clock": clock_of(report, now()),
        "headline": headline(draft.figures) if draft else [],
        "sections": sections(draft.figures) if draft else [],
        "least": draft.figures["least"] if draft else 0,
        "acts": report.acts.select_related("done_by", "document"),
        "publication": publication,
        "may_publish": may and publication is None,
        "form": (form or WithdrawPublicationForm(initial={"key": secrets.token_urlsafe(16)}))
        if may and publication
        else None,
        "key": secrets.token_urlsafe(16),
    }
    return render(request, "tips/staff/yearly_report.html", context, status=status)


@staff(RULE)
@require_safe
def report_xlsx(request: StaffRequest, report_id: int) -> HttpResponse:
    """The standing figures as a workbook."""
    report = readable_report(request.user, report_id, now())
    draft = standing_draft(report)
    if draft is None:
        raise NotFound
    _taken(request, report, "xlsx")
    return _file(workbook(draft.figures), tables.XLSX, f"tip-report-{report.year}.xlsx")


@staff(RULE)
@require_safe
def report_pdf(request: StaffRequest, report_id: int) -> HttpResponse:
    """The issued paper; before the approval a draft that says so."""
    report = readable_report(request.user, report_id, now())
    approved, draft = act_of(report, Kind.APPROVED), standing_draft(report)
    if approved is not None and approved.document is not None:
        return HttpResponseRedirect(read_document(actor=request.user, document=approved.document, now=now()))
    if draft is None:
        raise NotFound
    _taken(request, report, "pdf")
    content = draft_paper(draft, on=civil_date(now()))
    return _file(content, "application/pdf", f"tip-report-{report.year}-draft.pdf")


@staff("leaders and chiefs of the bureau")
@require_POST
def publish(request: StaffRequest, report_id: int) -> HttpResponse:
    """Let everybody read the approved report."""
    report = readable_report(request.user, report_id, now())
    key = f"{request.user.pk}:{request.POST.get('key', '')[:60]}"
    return _done(
        request,
        report,
        lambda: publish_report(report, actor=request.user, key=key, now=now()),
        _("The report is public now."),
    )


@staff("leaders and chiefs of the bureau")
@require_POST
def withdraw(request: StaffRequest, report_id: int) -> HttpResponse:
    """Take the report from the public page."""
    report = readable_report(request.user, report_id, now())
    form = WithdrawPublicationForm(request.POST)
    if not may_publish(request.user, report, now()):
        raise NotFound
    if not form.is_valid():
        return _page(request, report, form, 422)
    key, reasons = f"{request.user.pk}:{form.cleaned_data['key'][:60]}", form.cleaned_data["reasons"]
    try:
        withdraw_report(report, actor=request.user, reasons=reasons, key=key, now=now())
    except Repeated:
        pass
    except NotFound:
        raise
    except Refusal as refusal:
        form.add_error("reasons", str(refusal))
        return _page(request, report, form, refusal.status)
    notices.success(request, _("The report is no longer public."))
    return redirect("tips:yearly_report", report.pk)


@public("citizens without an account; only what a leader has published")
@require_safe
def last_year(request: HttpRequest) -> HttpResponse:
    """What happened last year: the published figures of a bureau and year, the newest first."""
    public_ones = published_acts()
    wanted = request.GET.get("report", "")
    chosen = next((act for act in public_ones if str(act.report_id) == wanted), None)
    shown = chosen or (public_ones[0] if public_ones else None)
    context = {
        "tabs": tabs("last_year"),
        "shown": shown,
        "others": [act for act in public_ones if act is not shown],
        "headline": headline(shown.draft.figures) if shown else [],
        "sections": sections(shown.draft.figures) if shown else [],
        "least": shown.draft.figures["least"] if shown else 0,
    }
    return render(request, "tips/public/last_year.html", context)


def _done(
    request: StaffRequest, report: YearlyTipReport, act: Callable[[], object], sentence: str
) -> HttpResponse:
    try:
        act()
        notices.success(request, sentence)
    except Repeated:
        pass
    except NotFound:
        raise
    except Refusal as refusal:
        notices.error(request, str(refusal))
    return redirect("tips:yearly_report", report.pk)


def _taken(request: StaffRequest, report: YearlyTipReport, kind: str) -> None:
    journal.record("tip_report_exported", now=now(), actor=request.user, run=report.leading_run, format=kind)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
