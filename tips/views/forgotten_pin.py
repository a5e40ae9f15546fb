"""The officer outside the case notes that somebody came in person who has forgotten the PIN."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from casework.access import StaffRequest, staff
from casework.permissions import require_role
from tips.forms.claiming import WaivePinForm
from tips.models import PinWaiver
from tips.services.waive_pin import WAIVES, waive_pin
from workflows.errors import Refusal, Repeated
from workflows.now import now

PAGE_SIZE = 50


@staff("identity officer of the bureau")
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: StaffRequest) -> HttpResponse:
    """Enter a person who came; below, what was entered before, without names."""
    units = require_role(request.user, WAIVES, now=now())
    form = WaivePinForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _waived(request, form):
        messages.success(request, _("Noted. The next claim in this name needs no PIN."))
        return redirect("tips:pin_waivers")
    found = PinWaiver.objects.filter(reward__bureau_id__in=units).select_related("reward", "waived_by")
    context = {
        "form": form,
        "key": request.POST.get("key") or uuid4(),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "tips/staff/forgotten_pin.html", context, status=422 if form.errors else 200)


@sensitive_variables()
def _waived(request: StaffRequest, form: WaivePinForm) -> bool:
    given = form.cleaned_data
    try:
        waive_pin(
            actor=request.user,
            claim_number=given["claim_number"].strip(),
            person=form.person(),
            reasons=given["reasons"],
            key=f"waive_pin:{request.user.pk}:{request.POST.get('key', '')[:60]}",
            now=now(),
        )
    except Repeated:
        return True
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
