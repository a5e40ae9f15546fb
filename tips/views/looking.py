"""The door of the look-up: which report this browser may see, and the end of every act on it."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tips import effort, limits, tipster_session
from tips.effort.network import network_mark
from tips.errors import LookUpDown, RewardNotOpen
from tips.forms.follow import LookUpForm
from workflows.errors import Refusal, Repeated

Inner = Callable[..., HttpResponse]


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
    def guarded(request: HttpRequest, *args: Any) -> HttpResponse:
        try:
            session = tipster_session.current(request)
        except LookUpDown as refusal:
            return look_up_page(request, _with_error(refusal), refusal.status)
        if session is None:
            notices.info(request, _("Please enter your receipt code; a look-up ends after 15 quiet minutes."))
            return redirect("tips:follow")
        return view(request, session, *args)

    return guarded


def done(request: HttpRequest, act: Callable[[], object], sentence: Any) -> HttpResponse:
    """Do it once; a second sending of the same form finds it done."""
    try:
        act()
    except Repeated:
        pass
    except RewardNotOpen as refusal:
        notices.error(request, str(refusal))
        return redirect("tips:report_status")
    notices.success(request, sentence)
    return redirect("tips:report_status")


def fresh_key() -> dict[str, str]:
    """First value of a form's hidden key."""
    return {"key": secrets.token_urlsafe(24)}


def _with_error(refusal: Refusal) -> LookUpForm:
    form = LookUpForm({})
    form.errors.clear()
    form.add_error(None, str(refusal))
    return form
