"""The register of social supervisors, for those who appoint them and those who take their tips in."""

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.permissions import Role, units_of
from tips.forms.supervisors import AppointmentForm
from tips.models import SocialSupervisor
from tips.receipts import picture, receipt_code
from tips.services.register_supervisor import APPOINTS, end_term, give_code, register_supervisor
from tips.supervisors import activity, closed_year, fewest_on
from workflows.errors import Invalid
from workflows.now import now
from workflows.rules.calendar import civil_date

SEES = APPOINTS | {Role.INTAKE_OFFICER}


@staff("leaders, chiefs and intake officers of a bureau")
@require_safe
def supervisor_list(request: StaffRequest) -> HttpResponse:
    """Who is appointed until when; what came of it, for leaders only."""
    seen = units_of(request.user, SEES, now())
    if not seen:
        raise NotFound
    return _page(request, seen)


@staff("leaders and chiefs of a bureau")
@require_http_methods(["POST"])
def supervisor_add(request: StaffRequest) -> HttpResponse:
    """Enter an appointment."""
    units = _appointing(request)
    form = AppointmentForm(request.POST, units=units)
    if form.is_valid():
        try:
            register_supervisor(form.appointment(), actor=request.user, now=now())
        except Invalid as refusal:
            form.add_error("letter_number", str(refusal))
    if form.errors:
        return _page(request, units, form)
    notices.success(request, _("The appointment is in the register."))
    return redirect("tips:supervisors")


@staff("leaders and chiefs of a bureau")
@sensitive_variables()
@require_POST
def supervisor_code(request: StaffRequest, supervisor_id: int) -> HttpResponse:
    """Give a personal code; it is drawn into the answer and kept nowhere."""
    found = _found(request, supervisor_id)
    shown = receipt_code.grouped(give_code(found, actor=request.user, now=now()))
    context = {"supervisor": found, "code_groups": shown.split("-"), "picture": picture.svg(shown)}
    response = render(request, "tips/staff/supervisor_code.html", context)
    response["Cache-Control"] = "no-store"
    return response


@staff("leaders and chiefs of a bureau")
@require_POST
def supervisor_end(request: StaffRequest, supervisor_id: int) -> HttpResponse:
    """Let an appointment end today."""
    found = _found(request, supervisor_id)
    try:
        end_term(found, civil_date(now()), actor=request.user, now=now())
        notices.success(request, _("The appointment ends today."))
    except Invalid as refusal:
        notices.error(request, str(refusal))
    return redirect("tips:supervisors")


def _appointing(request: StaffRequest) -> set[int]:
    units = units_of(request.user, APPOINTS, now())
    if not units:
        raise NotFound
    return units


def _found(request: StaffRequest, supervisor_id: int) -> SocialSupervisor:
    found = SocialSupervisor.objects.filter(pk=supervisor_id, bureau__in=_appointing(request)).first()
    if found is None:
        raise NotFound
    return found


def _page(request: StaffRequest, units: set[int], form: Any = None) -> HttpResponse:
    today = civil_date(now())
    supervisors = list(SocialSupervisor.objects.filter(bureau__in=units).select_related("bureau"))
    appointing = units_of(request.user, APPOINTS, now())
    led = [one for one in supervisors if one.bureau_id in appointing]
    first, last = closed_year(today)
    counts = activity(led, first, last) if led else {}
    context = {
        "rows": [(one, one.is_in_term(today), counts.get(one.pk)) for one in supervisors],
        "form": form or (AppointmentForm(units=appointing) if appointing else None),
        "may_appoint": bool(appointing),
        "year": first.year,
        "fewest": fewest_on(last),
    }
    return render(request, "tips/staff/supervisors.html", context, status=422 if form else 200)
