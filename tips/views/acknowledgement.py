"""The signed acknowledgement: handed to the tipster, checked by anybody."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casework.access import public
from tips.coming_back.tipster_session import TipsterSession
from tips.forms.acknowledgement import CheckForm, WantedForm
from tips.receipts import acknowledgement_keys
from tips.receipts.acknowledgement import LONGEST, NotAnAcknowledgement, checked
from tips.services.issue_acknowledgement import as_paper, issue_acknowledgement
from tips.views.looking import with_report
from workflows.now import now


@public("the receipt code opens it")
@require_http_methods(["GET", "HEAD", "POST"])
@with_report
def acknowledgement(request: HttpRequest, session: TipsterSession) -> HttpResponse:
    """Say what the acknowledgement shows and hides; hand out one of its three files."""
    form = WantedForm(request.POST) if request.method == "POST" else WantedForm()
    if not form.is_valid():
        context = {"form": form, "tip": session.tip}
        status = 422 if form.is_bound else 200
        return render(request, "tips/public/acknowledgement.html", context, status=status)
    at, wanted = now(), form.cleaned_data["wanted"]
    made = issue_acknowledgement(session, now=at)
    if wanted == "paper":
        return _file(as_paper(session, made, now=at), "application/pdf", "acknowledgement.pdf")
    if wanted == "proof":
        return _json(made.proof, "proof-of-content.json")
    return _json(made.shown, "acknowledgement.json")


@public("anybody may check an acknowledgement; nothing that is handed in is kept")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check the signature of an acknowledgement."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context: dict[str, Any] = {"form": form, "keys": _keys(), "limit": LONGEST}
    if form.is_bound and form.is_valid():
        try:
            context["facts"], context["is_signed"] = checked(form.handed_in())
        except NotAnAcknowledgement as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    return render(request, "tips/public/acknowledgement_check.html", context, status=status)


@public("public keys, for programs that check acknowledgements")
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys as a file, the one in use first."""
    return _json({"format": "fundguard-acknowledgement-keys-1", "keys": _keys()}, "acknowledgement-keys.json")


def _keys() -> dict[str, str]:
    return {name: key.hex() for name, key in acknowledgement_keys.published().items()}


def _json(value: Any, name: str) -> HttpResponse:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _file(text.encode(), "application/json; charset=utf-8", name)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
