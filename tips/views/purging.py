"""Holds and purges: what is due, one tip with its hold and its proposals."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.models import Document
from casework.permissions import units_of
from tips.forms.purging import HoldForm, ProposePurgeForm
from tips.models import Tip, TipPurge
from tips.purging.access import HOLDS, LIFTS, PROPOSES, SEES, due_tips, purges_of, tip_to_keep
from tips.purging.obstacles import obstacles_of
from tips.purging.proposals import running_purge
from tips.services.hold_tip import lift_hold, set_hold
from tips.services.propose_purge import is_waiting, propose_purge, withdraw_purge
from tips.task_pages.purging import kept_facts
from workflows.errors import Refusal, Repeated
from workflows.models import Run
from workflows.now import now

PAGE_SIZE = 50


def state_of(purge: TipPurge) -> tuple[str, str]:
    """Word and tone of a proposal."""
    if purge.destroyed_at:
        return _("destroyed"), "done"
    if purge.withdrawn_at:
        return _("taken back"), "void"
    if purge.stopped_at:
        return _("stopped"), "void"
    match purge.leading_run.status:
        case Run.Status.RUNNING:
            return (
                (_("waiting time"), "active") if is_waiting(purge) else (_("waits for the decision"), "open")
            )
        case Run.Status.SUSPENDED:
            return _("suspended"), "paused"
        case Run.Status.CANCELLED:
            return _("cancelled"), "void"
    return _("refused"), "void"


@staff("intake officer, leader, chief or auditor of the bureau")
@require_safe
def purges(request: StaffRequest) -> HttpResponse:
    """Tips that are due, and the proposals with their state."""
    if not units_of(request.user, SEES, now()):
        raise NotFound
    page = Paginator(purges_of(request.user, now()), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "due": due_tips(request.user, now()),
        "page": page,
        "rows": [(one, *state_of(one)) for one in page],
    }
    return render(request, "tips/staff/purges.html", context)


@staff("intake officer, leader, chief or auditor of the bureau")
@require_http_methods(["GET", "HEAD", "POST"])
def purge(request: StaffRequest, tip_id: int) -> HttpResponse:
    """One tip: what stands in the way, its hold, its proposals; whoever may proposes."""
    if request.method != "POST":
        return _page(request, tip_to_keep(request.user, tip_id, SEES, now()))
    tip = tip_to_keep(request.user, tip_id, PROPOSES, now())
    form = ProposePurgeForm(request.POST)
    if not form.is_valid():
        return _page(request, tip, form=form, status=422)
    try:
        propose_purge(
            tip, actor=request.user, key=_key(request, "propose", tip), now=now(), **form.cleaned_data
        )
    except Repeated:
        pass
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, tip, form=form, status=refusal.status)
    return redirect("tips:purge", tip.pk)


@staff("leader, chief or auditor of the bureau; leader or chief lift")
@require_POST
def hold(request: StaffRequest, tip_id: int) -> HttpResponse:
    """Set the hold, or lift it."""
    lifts = request.POST.get("act") == "lift"
    tip = tip_to_keep(request.user, tip_id, LIFTS if lifts else HOLDS, now())
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _page(request, tip, hold_form=form, status=422)
    act = lift_hold if lifts else set_hold
    try:
        act(tip, actor=request.user, key=_key(request, "hold", tip), now=now(), **form.cleaned_data)
    except Repeated:
        pass
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, tip, hold_form=form, status=refusal.status)
    notices.success(request, _("The hold is lifted.") if lifts else _("The hold is set."))
    return redirect("tips:purge", tip.pk)


@staff("intake officer, leader or chief of the bureau")
@require_POST
def withdraw(request: StaffRequest, tip_id: int) -> HttpResponse:
    """Take the running proposal back."""
    tip = tip_to_keep(request.user, tip_id, PROPOSES | LIFTS, now())
    running = running_purge(tip)
    if running is None:
        notices.info(request, _("No proposal is under way."))
        return redirect("tips:purge", tip.pk)
    try:
        withdraw_purge(running, actor=request.user, key=_key(request, "withdraw", tip), now=now())
    except Repeated:
        pass
    except Refusal as refusal:
        notices.error(request, str(refusal))
    return redirect("tips:purge", tip.pk)


def _key(request: StaffRequest, act: str, tip: Tip) -> str:
    return f"purge_{act}:{tip.pk}:{request.user.pk}:{request.POST.get('key', '')[:60]}"


def _page(
    request: StaffRequest,
    tip: Tip,
    *,
    form: forms.Form | None = None,
    hold_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    def has(roles: Any) -> bool:
        return tip.bureau_id in units_of(request.user, roles, now())

    held = tip.holds.filter(lifted_at=None).select_related("set_by").first()
    running = running_purge(tip)
    proposals = tip.purges.select_related("run", "proposed_by").prefetch_related("approvals__approved_by")
    context = {
        "tip": tip,
        "facts": kept_facts(tip),
        "held": held,
        "running": running,
        "obstacles": obstacles_of(tip, "", now()),
        "rows": [(one, *state_of(one)) for one in proposals],
        "certificates": Document.objects.filter(
            kind="purge_certificate", subject_kind="tip", subject_id=tip.pk
        ),
        "form": form or ProposePurgeForm(),
        "hold_form": hold_form or HoldForm(),
        "may_propose": has(PROPOSES) and running is None and tip.keys.destroyed_at is None,
        "may_hold": has(LIFTS if held else HOLDS) and tip.keys.destroyed_at is None,
        "may_withdraw": running is not None and not running.withdrawn_at and has(PROPOSES | LIFTS),
        "key": secrets.token_urlsafe(16),
    }
    return render(request, "tips/staff/purge.html", context, status=status)
