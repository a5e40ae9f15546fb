"""One proposal: drafted as a table, tried on earlier rewards, decided on by another person."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.form_keys import form_key
from casework.permissions import units_of
from tips.forms.scheme_draft import DraftForms
from tips.forms.schemes import DecisionForm, TakeBackForm, TrialForm
from tips.models import Reward, SchemeProposal
from tips.rules.scheme_check import problems
from tips.rules.scheme_data import version_from
from tips.schemes.faces import (
    STATE_TONES,
    drafted_face,
    drafted_scheme,
    proposal_facts,
    title_of,
    version_facts,
)
from tips.schemes.trial import granted, try_out
from tips.services.decide_scheme import approvers, decide_scheme, withdraw_version
from tips.services.propose_scheme import discard, hand_in, save_draft
from tips.views.schemes import proposals_for
from workflows.errors import Invalid, Refusal, Repeated
from workflows.now import now
from workflows.rules.calendar import civil_date

YEAR = timedelta(days=365)
State = SchemeProposal.State


def _proposal(request: StaffRequest, proposal_id: int) -> SchemeProposal:
    found: SchemeProposal | None = proposals_for(request).filter(pk=proposal_id).first()
    if found is None:
        raise NotFound
    return found


@staff("officials of the bureau who draft, approve or audit")
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_page(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """The draft for whoever writes it; the proposal for everybody else."""
    proposal = _proposal(request, proposal_id)
    is_writer = proposal.state == State.DRAFT and proposal.proposed_by_id == request.user.pk
    if is_writer:
        return _draft(request, proposal)
    if request.method == "POST":
        raise NotFound
    return _shown(request, proposal)


def _draft(request: StaffRequest, proposal: SchemeProposal) -> HttpResponse:
    """Save, hand in or discard; without a post, the table with what is wrong beside its cells."""
    if "discard" in request.POST:
        discard(proposal, actor=request.user, once=form_key(request, "scheme"), now=now())
        messages.success(request, _("The draft is discarded."))
        return redirect("tips:schemes")
    if request.method == "POST":
        forms = DraftForms(proposal.data, request.POST)
        if forms.is_readable():
            remark = forms.version.cleaned_data["remark"]
            proposal = save_draft(proposal, actor=request.user, data=forms.data(), remark=remark, now=now())
            if "hand_in" not in request.POST:
                return redirect("tips:scheme_proposal", proposal.pk)
            if _handed_in(request, proposal, forms):
                return redirect("tips:scheme_proposal", proposal.pk)
        return _draft_page(request, proposal, forms, status=422)
    forms = DraftForms(proposal.data, remark=proposal.remark)
    if proposal.data.get("tables"):
        forms.show(problems(proposal.data))
    return _draft_page(request, proposal, forms)


def _handed_in(request: StaffRequest, proposal: SchemeProposal, forms: DraftForms) -> bool:
    wrong = problems(proposal.data)
    forms.show(wrong)
    if wrong:
        return False
    try:
        hand_in(proposal, actor=request.user, once=form_key(request, "scheme"), now=now())
    except Repeated:
        pass
    except Invalid as refused:
        forms.version.add_error(
            refused.field if refused.field in forms.version.fields else None, str(refused)
        )
        return False
    messages.success(request, _("The draft waits for the approval of another person."))
    return True


def _draft_page(
    request: StaffRequest, proposal: SchemeProposal, forms: DraftForms, status: int = 200
) -> HttpResponse:
    context = {
        "proposal": proposal,
        "title": title_of(proposal.scheme),
        "forms": forms,
        "face": drafted_face(proposal),
        "has_errors": bool(forms.version.errors) or any(band.errors for band in forms.bands),
        "key": uuid4(),
    }
    return render(request, "tips/schemes/draft.html", context, status=status)


def _shown(
    request: StaffRequest, proposal: SchemeProposal, form: Any = None, take_back: Any = None
) -> HttpResponse:
    face = drafted_face(proposal)
    can_decide = proposal.bureau_id in units_of(request.user, approvers(proposal, now()), now())
    version = getattr(proposal, "version", None)
    context: dict[str, Any] = {
        "proposal": proposal,
        "title": title_of(proposal.scheme),
        "tone": STATE_TONES[proposal.state],
        "face": face,
        "facts": [*proposal_facts(proposal), *(version_facts(face.version) if face else [])],
        "late": _late(proposal),
        "form": form or DecisionForm(),
        "may_decide": can_decide
        and proposal.state == State.HANDED_IN
        and proposal.proposed_by_id != request.user.pk,
        "take_back": take_back or TakeBackForm(),
        "may_take_back": can_decide
        and version is not None
        and version.in_force_from > civil_date(now())
        and not hasattr(version, "withdrawal"),
        "is_taken_back": version is not None and hasattr(version, "withdrawal"),
        "seen": proposal.handed_in_at.isoformat() if proposal.handed_in_at else "",
        "key": request.POST.get("key") or uuid4(),
    }
    has_errors = bool(form and form.errors) or bool(take_back and take_back.errors)
    return render(request, "tips/schemes/proposal.html", context, status=422 if has_errors else 200)


def _late(proposal: SchemeProposal) -> str:
    """Say how many rewards stay as they are where a version or assignment would reach into the past."""
    first_day = proposal.data.get("in_force_from") or proposal.data.get("first_day") or ""
    if proposal.state != State.HANDED_IN or first_day > civil_date(now()).isoformat():
        return ""
    assessed = Reward.objects.filter(
        bureau=proposal.bureau, amount__isnull=False, tip__received_at__date__gte=first_day
    ).count()
    return _(
        "It begins before tomorrow. %(count)s rewards for tips since then were assessed already and keep their amount."
    ) % {"count": assessed}


@staff("officials of the bureau who draft, approve or audit")
@require_safe
def proposal_trial(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """What earlier rewards would have been under the draft; nothing is stored."""
    proposal = _proposal(request, proposal_id)
    if proposal.kind != SchemeProposal.Kind.VERSION:
        raise NotFound
    today = civil_date(now())
    budget = granted(proposal.bureau, today.year)
    first = {"first_day": today - YEAR, "last_day": today, "budget": budget}
    asked = request.GET if "first_day" in request.GET else first
    form = TrialForm(asked)
    trial = None
    if form.is_valid() and not problems(proposal.data):
        version = version_from(proposal.data)
        scheme = drafted_scheme(proposal, version)
        trial = try_out(
            scheme,
            version,
            bureau=proposal.bureau,
            viewer=request.user,
            now=now(),
            **form.cleaned_data,
        )
    context = {"proposal": proposal, "title": title_of(proposal.scheme), "form": form, "trial": trial}
    return render(request, "tips/schemes/trial.html", context, status=200 if form.is_valid() else 422)


@staff("leader or chief of the bureau, never whoever drafted it")
@require_POST
def decide_proposal(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """Approve or send back."""
    proposal = _proposal(request, proposal_id)
    if proposal.bureau_id not in units_of(request.user, approvers(proposal, now()), now()):
        raise NotFound
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _shown(request, proposal, form)
    try:
        decide_scheme(
            proposal,
            actor=request.user,
            seen=request.POST.get("seen", ""),
            once=form_key(request, "scheme"),
            now=now(),
            **form.cleaned_data,
        )
    except Repeated:
        pass
    except Refusal as refused:
        form.add_error(None, str(refused))
        return _shown(request, proposal, form)
    messages.success(request, _("The decision is entered."))
    return redirect("tips:scheme_proposal", proposal.pk)


@staff("leader or chief of the bureau")
@require_POST
def take_back(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """Take an approved version back before its first day."""
    proposal = _proposal(request, proposal_id)
    version = getattr(proposal, "version", None)
    if version is None:
        raise NotFound
    form = TakeBackForm(request.POST)
    if form.is_valid():
        try:
            withdraw_version(
                version, actor=request.user, once=form_key(request, "scheme"), now=now(), **form.cleaned_data
            )
        except Repeated:
            pass
        except Refusal as refused:
            if refused.status == NotFound.status:
                raise
            form.add_error(None, str(refused))
        if not form.errors:
            messages.success(request, _("The version is taken back."))
            return redirect("tips:scheme_proposal", proposal.pk)
    return _shown(request, proposal, take_back=form)
