"""Looks at an identity: asking, the state of one request, the look itself, and what auditors see of all."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.permissions import units_of
from tips.forms.openings import AskIdentityForm
from tips.models import IdentityRequest, Tip
from tips.openings import OVERSEES, overseen_requests, own_request, tip_for_asking
from tips.services.ask_identity import ask_identity
from tips.services.look_at_identity import end_opening, look_at_identity
from tips.task_pages.openings import request_facts
from workflows.errors import Refusal, Repeated
from workflows.now import now

PAGE_SIZE = 50


def state_of(request: IdentityRequest) -> tuple[str, str]:
    """Word and tone of a request."""
    if request.is_approved is None and request.ended_at is None:
        return _("waits for the decision"), "open"
    if request.is_approved is False:
        return _("refused"), "void"
    if request.is_open_at(now()):
        return _("open"), "active"
    return (_("ended"), "done") if request.ended_at else (_("expired"), "done")


@staff("works on the tip or its case")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: StaffRequest, tip_id: int) -> HttpResponse:
    """Ask to see who the tipster is; what was asked before, with its outcome."""
    tip = tip_for_asking(request.user, tip_id, now())
    if request.method != "POST":
        return _ask_page(request, tip, AskIdentityForm())
    form = AskIdentityForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, tip, form, 422)
    key = f"ask_identity:{request.user.pk}:{request.POST.get('key', '')[:60]}"
    try:
        made = ask_identity(tip, actor=request.user, key=key, now=now(), **form.cleaned_data)
    except Repeated as repeated:
        return redirect("tips:identity_request", repeated.answer["request"])
    except NotFound:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _ask_page(request, tip, form, refusal.status)
    return redirect("tips:identity_request", made.pk)


def _ask_page(request: StaffRequest, tip: Tip, form: forms.Form, status: int = 200) -> HttpResponse:
    mine = tip.identity_requests.filter(asked_by=request.user).select_related("decided_by")
    context = {
        "tip": tip,
        "form": form,
        "key": secrets.token_urlsafe(16),
        "rows": [(one, *state_of(one)) for one in mine],
    }
    return render(request, "tips/staff/identity_ask.html", context, status=status)


@staff("the asker of the request")
@require_safe
def request_page(request: StaffRequest, request_id: int) -> HttpResponse:
    """Where a request stands, why it was refused, every look. The identity itself needs a further press."""
    return _request_page(request, own_request(request.user, request_id))


@staff("the asker of the request")
@require_POST
@sensitive_variables()
def look(request: StaffRequest, request_id: int) -> HttpResponse:
    """The identity, for one recorded look; nothing of it stays in a cache."""
    asked = own_request(request.user, request_id)
    try:
        known = look_at_identity(asked, actor=request.user, now=now())
    except NotFound:
        raise
    except Refusal as refusal:
        return _request_page(request, asked, refusal=refusal, status=refusal.status)
    return _request_page(request, asked, known=known, is_shown=True)


@staff("the asker of the request")
@require_POST
def end(request: StaffRequest, request_id: int) -> HttpResponse:
    """Close the identity before it expires."""
    asked = own_request(request.user, request_id)
    try:
        key = f"end_opening:{asked.pk}:{request.POST.get('key', '')[:60]}"
        end_opening(asked, actor=request.user, key=key, now=now())
    except Repeated:
        pass
    except NotFound:
        raise
    except Refusal as refusal:
        return _request_page(request, asked, refusal=refusal, status=refusal.status)
    notices.success(request, _("The identity is closed."))
    return redirect("tips:identity_request", asked.pk)


def _request_page(
    request: StaffRequest, asked: IdentityRequest, status: int = 200, **shown: Any
) -> HttpResponse:
    word, tone = state_of(asked)
    context = {
        "asked": asked,
        "facts": request_facts(asked),
        "word": word,
        "tone": tone,
        "is_open": asked.is_open_at(now()),
        "looks": asked.looks.order_by("id"),
        "key": secrets.token_urlsafe(16),
        **shown,
    }
    return render(request, "tips/staff/identity_request.html", context, status=status)


@staff("auditor or chief of the bureau")
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """All requests of the bureau with their outcome and the number of looks; never what was seen."""
    if not units_of(request.user, OVERSEES, now()):
        raise NotFound
    page = Paginator(overseen_requests(request.user, now()), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(one, *state_of(one)) for one in page]
    return render(request, "tips/staff/identity_requests.html", {"page": page, "rows": rows})
