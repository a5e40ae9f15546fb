"""Say of a suggested tip whether it is about the same matter."""

import contextlib

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.permissions import units_of
from tips.forms.likeness import LikenessForm
from tips.register.listing import READS_REGISTER
from tips.selectors import visible_tip
from tips.services.judge_likeness import judge_likeness
from tips.task_pages.likeness import alike_context
from workflows.errors import Repeated
from workflows.now import now


@staff("view_tip")
@require_POST
def judge(request: StaffRequest, tip_id: int) -> HttpResponse:
    """Keep the word and show the tip again."""
    tip = visible_tip(request.user, tip_id, now())
    if tip.bureau_id not in units_of(request.user, READS_REGISTER, now()):
        raise NotFound
    form = LikenessForm(request.POST)
    if not form.is_valid():
        context = {"tip": tip, **alike_context(request.user, tip, form)}
        return render(request, "tips/staff/alike_page.html", context, status=422)
    given = form.cleaned_data
    with contextlib.suppress(Repeated):
        judge_likeness(
            tip,
            given["other"],
            is_same=given["is_same"] == "yes",
            reasons=given["reasons"],
            actor=request.user,
            key=given["key"],
            now=now(),
        )
    notices.success(request, _("Your word on the two tips is kept."))
    return redirect("tips:tip", tip.pk)
