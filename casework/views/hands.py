"""Work from one person to another: handing it on, giving it to somebody, standing in."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.access import StaffRequest, staff
from casework.form_keys import form_key
from casework.hand_forms import HandOnForm, SubstitutionForm
from casework.models import Account
from casework.permissions import ROLES, require_role
from casework.services.grant_substitution import GRANTERS, grant_substitution
from casework.views.work import item_or_404
from workflows.by_hand.handing_on import assign_item, delegate_item, may_assign, receivers
from workflows.errors import Invalid, NotOffered, Refusal, Repeated
from workflows.models import Substitution, WorkItem
from workflows.now import now


@staff("has the work, or leads the unit in which it is offered")
@require_http_methods(["GET", "HEAD", "POST"])
def hand_on(request: StaffRequest, item_id: Any) -> HttpResponse:
    """Hand open work to a colleague who may do it."""
    item = item_or_404(item_id)
    has_it = item.assignee_id == request.user.pk
    if item.status != WorkItem.Status.OPEN or not (has_it or may_assign(request.user, item, now())):
        raise NotOffered
    form = HandOnForm(request.POST or None, receivers=receivers(item, request.user, now()))
    if request.method == "POST" and form.is_valid():
        hand = delegate_item if has_it else assign_item
        posted = request.POST.get("key") or str(uuid4())
        key = f"hand:{item.pk}:{request.user.pk}:{posted}"[:200]
        try:
            hand(item, actor=request.user, key=key, now=now(), **form.cleaned_data)
        except Repeated:
            pass
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.add_error(None, str(refusal))
        if not form.errors:
            messages.success(request, _("%(person)s has the work now.") % {"person": form.cleaned_data["to"]})
            return redirect("casework:my_work")
    context = {"item": item, "form": form, "key": request.POST.get("key") or uuid4(), "has_it": has_it}
    context |= {"title": _(item.label), "role": ROLES.get(item.lane, item.lane)}
    return render(request, "casework/hands/hand_on.html", context, status=422 if form.errors else 200)


@staff("leader or chief of the bureau")
@require_http_methods(["GET", "HEAD", "POST"])
def substitutions(request: StaffRequest) -> HttpResponse:
    """Who stands in for whom, and the form for another substitution."""
    units = require_role(request.user, GRANTERS, now=now())
    colleagues = Account.objects.filter(bureau_id__in=units, is_active=True).order_by("display_name")
    form = SubstitutionForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid() and _granted(request, form):
        messages.success(request, _("The substitution is entered."))
        return redirect("casework:substitutions")
    rows = Substitution.objects.filter(absent__bureau_id__in=units, ends_at__gt=now())
    rows = rows.select_related("absent", "substitute", "granted_by").order_by("starts_at", "id")
    context = {"form": form, "rows": rows, "key": request.POST.get("key") or uuid4(), "now": now()}
    return render(request, "casework/hands/substitutions.html", context, status=422 if form.errors else 200)


def _granted(request: StaffRequest, form: SubstitutionForm) -> bool:
    key = form_key(request, "substitution")
    try:
        grant_substitution(actor=request.user, key=key, now=now(), **form.cleaned_data)
    except Repeated:
        return True
    except Invalid as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
