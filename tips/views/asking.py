"""What an officer asks of a tipster by a date."""

import contextlib

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from tips.forms.asking import AskForm
from tips.models import RequestForTipster
from tips.permissions import TipPermission, require_tip
from tips.selectors import visible_tip
from tips.services.ask_tipster import ask_tipster, withdraw_request
from tips.views.staff import refused_tip_page, tip_url
from workflows.errors import Invalid, Repeated
from workflows.now import now


@staff("open_tip_words")
@require_POST
def ask(request: StaffRequest, tip_id: int) -> HttpResponse:
    """Ask the tipster to supply something by a day."""
    tip = visible_tip(request.user, tip_id, now())
    require_tip(request.user, tip, TipPermission.OPEN_WORDS, now=now())
    form = AskForm(request.POST)
    if not form.is_valid():
        return refused_tip_page(request, tip, ask_form=form)
    given = form.cleaned_data
    try:
        ask_tipster(
            tip, given["words"], due_on=given["due_on"], actor=request.user, key=given["key"], now=now()
        )
    except Repeated:
        pass
    except Invalid as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return refused_tip_page(request, tip, refusal.status, ask_form=form)
    notices.success(request, _("The tipster is asked, and let known by machine."))
    return redirect(f"{tip_url(tip)}?words=open&done=ask")


@staff("open_tip_words")
@require_POST
def withdraw(request: StaffRequest, tip_id: int, request_id: int) -> HttpResponse:
    """An answer is no longer needed."""
    tip = visible_tip(request.user, tip_id, now())
    asked = RequestForTipster.objects.select_related("tip__run").filter(pk=request_id, tip=tip).first()
    if asked is None:
        raise NotFound
    with contextlib.suppress(Repeated):
        withdraw_request(asked, actor=request.user, key=str(asked.pk), now=now())
    notices.success(request, _("The request is taken back."))
    return redirect(f"{tip_url(tip)}?words=open")
