"""The reward budget: what was granted, promised, paid and is free; entered by finance, decided by the chief."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.form_keys import form_key
from casework.models import Bureau
from casework.permissions import Role, require_role, units_of
from tips.forms.budget import BudgetChangeForm, BudgetDecisionForm
from tips.models import RewardBudget
from tips.rewards.budget_figures import figures_of, money_rows, open_changes, with_money
from tips.services.change_budget import DECIDES, ENTERS, decide_budget_change, enter_budget_change
from workflows.errors import Refusal, Repeated
from workflows.now import now
from workflows.rules.calendar import civil_date

SEES = (Role.FINANCE, Role.LEADER, Role.CHIEF, Role.AUDITOR)
PAGE_SIZE = 50


@staff("finance, leader, chief or auditor of the bureau")
@require_safe
def budget_page(request: StaffRequest) -> HttpResponse:
    """The years with their figures, what waits for the chief, and the rewards that hold money."""
    units = require_role(request.user, SEES, now=now())
    budgets = (
        RewardBudget.objects.filter(bureau_id__in=units).select_related("bureau").order_by("-year", "bureau")
    )
    changes = open_changes(units)
    page = Paginator(with_money(units), PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "years": [figures_of(budget) for budget in budgets],
        "this_year": civil_date(now()).year,
        "waiting": changes.filter(decided_at=None),
        "changes": changes.exclude(decided_at=None)[:PAGE_SIZE],
        "page": page,
        "rows": money_rows(list(page)),
        "may_enter": bool(units_of(request.user, ENTERS, now())),
        "decides_in": units_of(request.user, DECIDES, now()),
    }
    return render(request, "tips/staff/budget.html", context)


@staff("finance of the bureau")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    """Enter an appropriation, a supplement or a cut."""
    units = require_role(request.user, ENTERS, now=now())
    bureaus = list(Bureau.objects.filter(pk__in=units).order_by("region_code", "pk"))
    form = BudgetChangeForm(request.POST or None, bureaus=bureaus, year=civil_date(now()).year)
    if request.method == "POST" and form.is_valid() and _entered(request, form):
        messages.success(request, _("Entered. It counts when the chief has approved it."))
        return redirect("tips:budget")
    context = {"form": form, "key": request.POST.get("key") or uuid4()}
    return render(request, "tips/staff/budget_enter.html", context, status=422 if form.errors else 200)


@staff("chief of the bureau")
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: StaffRequest, change_id: int) -> HttpResponse:
    """Approve or refuse a change of the budget."""
    units = require_role(request.user, DECIDES, now=now())
    change = open_changes(units).filter(pk=change_id).first()
    if change is None:
        raise NotFound
    form = BudgetDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decided(request, form, change):
        messages.success(request, _("The decision is recorded."))
        return redirect("tips:budget")
    context = {
        "change": change,
        "figures": figures_of(change.budget),
        "form": form,
        "key": request.POST.get("key") or uuid4(),
    }
    return render(request, "tips/staff/budget_decide.html", context, status=422 if form.errors else 200)


def _entered(request: StaffRequest, form: BudgetChangeForm) -> bool:
    wanted = form.cleaned_data
    return _carried_out(
        form,
        lambda: enter_budget_change(
            actor=request.user,
            bureau=form.bureau(),
            year=wanted["year"],
            amount=form.signed(),
            document_number=wanted["document_number"],
            reasons=wanted["reasons"],
            key=form_key(request, "budget"),
            now=now(),
        ),
    )


def _decided(request: StaffRequest, form: BudgetDecisionForm, change: Any) -> bool:
    return _carried_out(
        form,
        lambda: decide_budget_change(
            actor=request.user,
            change=change,
            is_approved=form.cleaned_data["decision"] == "approve",
            reasons=form.cleaned_data["reasons"],
            key=form_key(request, f"budget:{change.pk}"),
            now=now(),
        ),
    )


def _carried_out(form: Any, use_case: Any) -> bool:
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
