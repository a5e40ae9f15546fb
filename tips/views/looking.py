"""The door of the look-up: which report this browser may see, and the end of every act on it."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tips import effort
from tips.coming_back import tipster_session
from tips.coming_back.tipster_session import TipsterSession
from tips.effort import limits
from tips.effort.network import network_mark
from tips.errors import LookUpDown, RewardNotOpen
from tips.forms.follow import LookUpForm
from workflows.errors import Refusal, Repeated

Inner = Callable[..., HttpResponseBase]
TYPED = ("text", "reasons")
"""Fields whose words are handed back when a page of another report was sent."""


def look_up_page(
    request: HttpRequest,
    form: forms.Form,
    status: int = 200,
    *,
    seconds: int = 0,
    ticket: str = "",
    **asked: int,
) -> HttpResponse:
    """The page that asks for the receipt code, with the effort that a look-up costs at the moment."""
    context = {"form": form, "task": _task(request, asked.get("effort")), "ticket": ticket}
    response = render(request, "tips/public/follow.html", context, status=status)
    if seconds:
        response["Retry-After"] = str(seconds)
    return response


def _task(request: HttpRequest, asked: int | None) -> dict[str, Any] | None:
    """What the browser is to calculate; nothing in quiet times or while the counters are down."""
    try:
        return effort.look_up_task(asked or limits.look_up_effort(network_mark(request)))
    except LookUpDown:
        return None


def with_report(view: Inner) -> Inner:
    """Open the report that this browser may look at, else ask for the code again."""

    @never_cache
    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            session = tipster_session.current(request)
        except LookUpDown as refusal:
            return look_up_page(request, _with_error(refusal), refusal.status)
        if session is None:
            notices.info(request, _("Please enter your receipt code; a look-up ends after 15 quiet minutes."))
            return redirect("tips:follow")
        if request.method == "POST" and request.POST.get("report", session.mark) != session.mark:
            typed = [value for name, value in request.POST.items() if name in TYPED and value]
            return render(request, "tips/public/other_report.html", {"typed": typed}, status=409)
        return view(request, session, *args, **kwargs)

    return guarded


def done(request: HttpRequest, act: Callable[[], object], sentence: Any, *, draft: str = "") -> HttpResponse:
    """Do it once; a second sending of the same form finds it done."""
    try:
        act()
    except Repeated:
        pass
    except RewardNotOpen as refusal:
        notices.error(request, str(refusal))
        return redirect("tips:report_status")
    notices.success(request, sentence)
    return redirect(reverse("tips:report_status") + (f"?done={draft}" if draft else ""))


def fresh_key(session: TipsterSession | None = None) -> dict[str, str]:
    """First values of a form's hidden fields: its key, and the report to whose page it belongs."""
    key = {"key": secrets.token_urlsafe(24)}
    return key | {"report": session.mark} if session else key


def _with_error(refusal: Refusal) -> LookUpForm:
    form = LookUpForm({})
    form.errors.clear()
    form.add_error(None, str(refusal))
    return form
