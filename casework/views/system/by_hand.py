"""Changing a run by hand: ask for a token to be moved, a step skipped, the run cancelled; suspend it, let it go on."""

import contextlib
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.access import StaffRequest, staff
from casework.clock_faces import clock_title, ground_words
from casework.errors import NotFound
from casework.form_keys import form_key
from casework.permissions import MENDS_SYSTEM, units_of
from casework.services.suspend_run import go_on, grounds_of, may_stop_periods, may_suspend, suspend
from casework.system_faces import INTERVENTIONS, label_of, standing_words, tabs, wait_rows
from casework.system_forms import InterventionForm, ReasonForm, SuspendForm
from workflows import journal
from workflows.by_hand.interventions import Wish, ask_to_intervene, try_out
from workflows.by_hand.moves import targets
from workflows.by_hand.suspension import pauses_of_suspension
from workflows.errors import Refusal, Repeated
from workflows.models import Clock, Intervention, Run
from workflows.now import now

Kind = Intervention.Kind


@staff("operator of the run's bureau")
@require_http_methods(["GET", "HEAD", "POST"])
def intervene(request: StaffRequest, run_id: Any) -> HttpResponse:
    """Choose what is to be changed, see what would become of the run, give the reason, ask."""
    run = _run(run_id)
    if run.unit_id not in units_of(request.user, MENDS_SYSTEM, now()) or run.ended_at is not None:
        raise NotFound
    journal.record("run_viewed", now=now(), actor=request.user, run=run, part="by_hand")
    asked = request.POST or request.GET
    kind = asked.get("kind", "")
    waits = wait_rows(run)
    wait = next((one for one in waits if one["task_id"] == asked.get("task", "")), None)
    context = {"run": run, "tabs": tabs("runs"), "waits": waits, "wait": wait, "kind": kind}
    if kind not in Kind.values or (kind != Kind.CANCEL and wait is None):
        return render(request, "casework/system/by_hand.html", {**context, "kind": ""})
    form = InterventionForm(request.POST or None, **_choices(run, kind, wait))
    context |= {"title": INTERVENTIONS[kind], "form": form, "key": asked.get("key") or uuid4()}
    if form.is_bound and form.is_valid():
        wish = _wish(kind, wait, form)
        try:
            if "confirmed" in request.POST:
                _ask(request, run, wish, form.cleaned_data["reason"])
                return redirect("system:requests")
            found = try_out(run, wish, actor=request.user, now=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            context |= {
                "is_previewed": True,
                "before": standing_words(run, found.before),
                "after": standing_words(run, found.after),
            }
    status = 422 if form.errors else 200
    return render(request, "casework/system/by_hand.html", context, status=status)


def _ask(request: StaffRequest, run: Run, wish: Wish, reason: str) -> None:
    key = form_key(request, f"intervene:{run.pk}")
    with contextlib.suppress(Repeated):
        ask_to_intervene(run, wish, reason=reason, actor=request.user, key=key, now=now())
    messages.success(request, _("A leader of the bureau now has to decide."))


def _run(run_id: Any) -> Run:
    run = Run.objects.filter(pk=run_id).select_related("definition").first()
    if run is None:
        raise NotFound
    return run


def _wish(kind: str, wait: Mapping[str, Any] | None, form: InterventionForm) -> Wish:
    if wait is None or kind == Kind.CANCEL:
        return Wish(kind)
    target, outcome = (form.target, {}) if kind == Kind.MOVE else ("", form.outcome)
    return Wish(kind, wait["task_id"], wait["element_id"], target, outcome)


def _choices(run: Run, kind: str, wait: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the form offers: elements of the same process for a move, variables of the step for a skip."""
    if wait is None or kind == Kind.CANCEL:
        return {}
    if kind == Kind.MOVE:
        return {"targets": [(one, label_of(run, one)) for one in targets(run, wait["element_id"])]}
    return {"variables": run.definition.elements.get(wait["element_id"], {}).get("sets", ())}


@staff("operator, leader or chief of the run's bureau")
@require_http_methods(["GET", "HEAD", "POST"])
def suspension(request: StaffRequest, run_id: Any) -> HttpResponse:
    """Suspend a run, with its periods running on or standing still on a legal ground; or let it go on."""
    run = _run(run_id)
    if not may_suspend(request.user, run, now()) or run.ended_at is not None:
        raise NotFound
    journal.record("run_viewed", now=now(), actor=request.user, run=run, part="suspension")
    clocks = list(run.clocks.filter(ended_at=None).select_related("run").order_by("due_at"))
    is_suspended = run.status == Run.Status.SUSPENDED
    may_stop = may_stop_periods(request.user, run, now())
    form: forms.Form
    if is_suspended:
        form = ReasonForm(request.POST or None)
    else:
        form = SuspendForm(request.POST or None, grounds=_grounds(clocks) if may_stop else [])
    if form.is_bound and form.is_valid() and _suspended(request, run, form, is_suspended):
        said = _("The run goes on.") if is_suspended else _("The run is suspended.")
        messages.success(request, said)
        return redirect("system:suspension", run_id=run.pk)
    context = {
        "run": run,
        "form": form,
        "is_suspended": is_suspended,
        "may_stop": may_stop,
        "periods": [_period(clock) for clock in clocks],
        "stopped_count": pauses_of_suspension(run).count() if is_suspended else 0,
        "key": request.POST.get("key") or uuid4(),
    }
    return render(request, "casework/system/suspension.html", context, status=422 if form.errors else 200)


def _suspended(request: StaffRequest, run: Run, form: forms.Form, is_suspended: bool) -> bool:
    key = form_key(request, f"suspension:{run.pk}")
    act = go_on if is_suspended else suspend
    try:
        with contextlib.suppress(Repeated):
            act(actor=request.user, run=run, key=key, now=now(), **form.cleaned_data)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.add_error(None, str(refusal))
        return False
    return True


def _grounds(clocks: list[Clock]) -> list[tuple[str, str]]:
    codes = {ground.code: None for clock in clocks for ground in grounds_of(clock)}
    return [(code, ground_words(code)) for code in codes]


def _period(clock: Clock) -> dict[str, Any]:
    grounds = [ground_words(ground.code) for ground in grounds_of(clock)]
    is_paused = clock.pauses.filter(last_date=None).exists()
    return {
        "title": clock_title(clock.rule_key),
        "due": clock.due_at,
        "grounds": grounds,
        "is_paused": is_paused,
    }
