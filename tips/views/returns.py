"""A payment that the bank gives back after it was recorded as paid."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.form_keys import form_key
from tips.forms.rewards import ReturnForm
from tips.models import PaymentLine
from tips.services.book_return import book_return
from tips.views.payments import batch_of
from workflows.errors import Invalid, Repeated
from workflows.now import now


@staff("finance of the batch's bureau")
@require_http_methods(["GET", "HEAD", "POST"])
def payment_return(request: StaffRequest, batch_id: int, position: int) -> HttpResponse:
    """What came back, when and why; the money then waits for another account."""
    batch = batch_of(request, batch_id)
    line = (
        batch.lines.filter(position=position, state=PaymentLine.State.PAID).select_related("reward").first()
    )
    if line is None:
        raise NotFound
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _booked(request, line, form):
        messages.success(request, _("The return is booked. The tipster is asked for another account."))
        return redirect("tips:payment", batch.pk)
    context = {"batch": batch, "line": line, "form": form, "key": uuid4()}
    return render(request, "tips/staff/payment_return.html", context, status=422 if form.errors else 200)


def _booked(request: StaffRequest, line: PaymentLine, form: ReturnForm) -> bool:
    key = form_key(request, f"return:{line.pk}", most=160)
    try:
        book_return(line, actor=request.user, key=key, now=now(), **form.cleaned_data)
    except Repeated:
        return True
    except Invalid as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    return True
