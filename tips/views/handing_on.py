"""What the tipster sent later, on its way into the case."""

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework.access import StaffRequest, staff
from tips.files.errors import CaseIsOver, HandedOnAlready
from tips.forms.handing_on import HandOnLaterForm
from tips.permissions import TipPermission, require_tip
from tips.selectors import visible_tip
from tips.services.hand_on_later import hand_on_later, waiting_files
from tips.views.staff import refused_tip_page, tip_url
from workflows.errors import Repeated
from workflows.now import now


@staff("open_tip_words")
@require_POST
def hand_on(request: StaffRequest, tip_id: int) -> HttpResponse:
    """Hand on chosen files and redacted words."""
    tip = visible_tip(request.user, tip_id, now())
    require_tip(request.user, tip, TipPermission.OPEN_WORDS, now=now())
    form = HandOnLaterForm(request.POST, checked=list(waiting_files(tip)))
    if not form.is_valid():
        return refused_tip_page(request, tip, hand_on_form=form)
    given: dict[str, Any] = form.cleaned_data
    try:
        hand_on_later(
            tip,
            handed_on=form.handed_on(),
            added=given["added"],
            actor=request.user,
            key=given["key"],
            now=now(),
        )
    except Repeated:
        pass
    except (CaseIsOver, HandedOnAlready) as refusal:
        form.add_error(None, str(refusal))
        return refused_tip_page(request, tip, refusal.status, hand_on_form=form)
    notices.success(
        request, _("It follows into the case; files are cleared of what names their makers first.")
    )
    return redirect(f"{tip_url(tip)}?words=open")
