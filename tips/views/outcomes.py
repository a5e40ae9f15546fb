"""Outcomes of reviews and suits: a reward officer enters one on the page of the reward, another role confirms it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.form_keys import form_key
from tips.errors import PaymentUnderWay
from tips.forms.outcomes import CONFIRM, OutcomeDecisionForm, OutcomeForm
from tips.models import CaseOutcome, Reward
from tips.rewards.base import most_of
from tips.rewards.outcome_faces import outcome_faces
from tips.rewards.outcomes import may_confirm, may_enter, waiting_outcome
from tips.selectors import visible_rewards
from tips.services.decide_outcome import decide_outcome, needs_discussion
from tips.services.enter_outcome import enter_outcome
from tips.services.recalculate_reward import foreseen
from workflows.errors import Refusal, Repeated
from workflows.now import now


@staff("reward officer who may see the reward")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: StaffRequest, reward_id: int) -> HttpResponse:
    """Enter what a review or suit decided; nothing changes before another person has confirmed it."""
    reward = _reward(request, pk=reward_id)
    if not may_enter(request.user, reward, now()):
        raise NotFound
    form = OutcomeForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _carried_out(form, lambda: _enter(request, form, reward))
    ):
        messages.success(request, _("Entered. It counts when a leader or the chief has confirmed it."))
        return redirect("tips:reward", reward.pk)
    context = {
        "reward": reward,
        "most": most_of(reward.case),
        "waiting": waiting_outcome(reward.case),
    }
    return _page(request, "tips/staff/outcome_enter.html", form, context)


@staff("leader or chief who may see the reward")
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: StaffRequest, outcome_id: int) -> HttpResponse:
    """Confirm an outcome, and the rewards of its case are computed again; or refuse it with reasons."""
    outcome = CaseOutcome.objects.select_related("case", "entered_by").filter(pk=outcome_id).first()
    if outcome is None:
        raise NotFound
    reward = _reward(request, case=outcome.case)
    if not may_confirm(request.user, reward, now()):
        raise NotFound
    faces = outcome_faces(reward, request.user, now())
    face = next(one for one in faces if one.outcome.pk == outcome.pk)
    context: dict[str, Any] = {"reward": reward, "face": face, "most": most_of(outcome.case)}
    if face.can_decide:
        context |= _foreseen(request, reward, outcome)
    figures = context.get("figures")
    is_large = bool(figures and needs_discussion(figures, now()))
    form = OutcomeDecisionForm(request.POST or None, needs_discussion=is_large)
    if (
        request.method == "POST"
        and form.is_valid()
        and _carried_out(form, lambda: _decide(request, form, reward, outcome))
    ):
        messages.success(request, _("The decision is recorded."))
        return redirect("tips:reward", reward.pk)
    return _page(request, "tips/staff/outcome_decide.html", form, context)


def _foreseen(request: StaffRequest, reward: Reward, outcome: CaseOutcome) -> dict[str, Any]:
    """What a confirmation would do, or why it cannot be given now."""
    try:
        return {"figures": foreseen(reward, outcome, actor=request.user, now=now())}
    except PaymentUnderWay as refusal:
        return {"obstacle": str(refusal)}


def _reward(request: StaffRequest, **which: Any) -> Reward:
    """A reward that the asker may see as a whole. Raises: NotFound."""
    found = visible_rewards(request.user, now()).select_related("tip", "case", "bureau", "run")
    reward = found.filter(**which).order_by("pk").first()
    if reward is None:
        raise NotFound
    return reward


def _enter(request: StaffRequest, form: OutcomeForm, reward: Reward) -> None:
    key = form_key(request, f"outcome:{reward.pk}")
    enter_outcome(reward, form.paper(), actor=request.user, key=key, now=now())


def _decide(request: StaffRequest, form: OutcomeDecisionForm, reward: Reward, outcome: CaseOutcome) -> None:
    decide_outcome(
        reward,
        outcome,
        actor=request.user,
        is_confirmed=form.cleaned_data["decision"] == CONFIRM,
        reasons=form.cleaned_data["reasons"],
        minutes=form.minutes(),
        key=form_key(request, f"outcome_decided:{outcome.pk}"),
        now=now(),
    )


def _carried_out(form: forms.Form, use_case: Callable[[], None]) -> bool:
    """Do it; what is refused stands on the form, and what was typed stays."""
    try:
        use_case()
    except Repeated:
        return True
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True


def _page(request: StaffRequest, template: str, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    context |= {"form": form, "key": request.POST.get("key") or uuid4()}
    return render(request, template, context, status=422 if form.errors else 200)
