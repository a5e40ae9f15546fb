"""The questionnaires: what is asked, who wrote and who approved it."""

from typing import Any

from django import forms
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.models import Bureau
from casework.permissions import units_of
from tips.forms.questionnaires import DecisionForm, DraftForm, as_text
from tips.forms.questions import question_fields
from tips.models import Questionnaire
from tips.questionnaires import in_language, questions_of
from tips.services.questionnaires import DECIDES, DRAFTS, decide_questionnaire, draft_questionnaire
from tips.words import TARGETS
from workflows.errors import Invalid
from workflows.now import now

SEES = DRAFTS | DECIDES


@staff("intake officers, leaders and chiefs of a bureau")
@require_safe
def questionnaire_list(request: StaffRequest) -> HttpResponse:
    """Every version, of the bureau and of the product."""
    rows = [(one, TARGETS.get(one.target_kind, ""), _title(one)) for one in _visible(request)]
    drafts = bool(units_of(request.user, DRAFTS, now()))
    return render(request, "tips/staff/questionnaires.html", {"rows": rows, "drafts": drafts})


@staff("intake officers, leaders and chiefs of a bureau")
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire(request: StaffRequest, questionnaire_id: int) -> HttpResponse:
    """One version as citizens see it; a leader decides on it here."""
    found = _visible(request).filter(pk=questionnaire_id).first()
    if found is None:
        raise NotFound
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        approved = form.cleaned_data["decision"] == "approve"
        reasons = form.cleaned_data["reasons"]
        try:
            decide_questionnaire(found, approved=approved, reasons=reasons, actor=request.user, now=now())
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.success(request, _("The decision is noted."))
            return redirect("tips:questionnaires")
    may_decide = (
        found.state == Questionnaire.State.PROPOSED
        and found.drafted_by_id != request.user.pk
        and found.bureau_id in units_of(request.user, DECIDES, now())
    )
    context = {
        "one": found,
        "target": TARGETS.get(found.target_kind, ""),
        "title": _title(found),
        "preview": _preview(found),
        "form": form if may_decide else None,
        "drafts": bool(units_of(request.user, DRAFTS, now())),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "tips/staff/questionnaire.html", context, status=status)


@staff("intake officers of a bureau")
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_new(request: StaffRequest, questionnaire_id: int) -> HttpResponse:
    """A new version that begins as a copy of one."""
    bureau = Bureau.objects.filter(pk__in=units_of(request.user, DRAFTS, now())).order_by("pk").first()
    pattern = _visible(request).filter(pk=questionnaire_id).first()
    if bureau is None or pattern is None:
        raise NotFound
    initial = {"target_kind": pattern.target_kind, "content": as_text(pattern)}
    form = DraftForm(request.POST) if request.method == "POST" else DraftForm(initial=initial)
    if form.is_bound and form.is_valid():
        made = draft_questionnaire(form.draft(), bureau=bureau, actor=request.user, now=now())
        notices.success(request, _("The draft waits for a leader."))
        return redirect("tips:questionnaire", made.pk)
    status = 422 if form.is_bound else 200
    return render(
        request, "tips/staff/questionnaire_new.html", {"form": form, "pattern": pattern}, status=status
    )


def _visible(request: StaffRequest) -> Any:
    units = units_of(request.user, SEES, now())
    if not units:
        raise NotFound
    own = Questionnaire.objects.filter(bureau__in=units)
    return (own | Questionnaire.objects.filter(bureau=None)).select_related("drafted_by", "decided_by")


def _title(one: Questionnaire) -> str:
    return in_language(questions_of(one).title)


def _preview(one: Questionnaire) -> forms.Form:
    form = forms.Form(prefix="preview")
    form.fields.update(question_fields(questions_of(one)))
    return form
