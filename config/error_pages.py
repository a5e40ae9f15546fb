"""Refusals of all apps as HTTP answers, in one place: status, translated page, JSON for scripts."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import select_template

from workflows.errors import Refusal

logger = logging.getLogger(__name__)


class RefusalPages:
    """Middleware: an expected "no" becomes a page with one clear sentence; anything else stays a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer refusals; leave other exceptions to Django."""
        if not isinstance(error, Refusal):
            return None
        logger.info("refused", extra={"code": error.code})
        return refusal_response(request, error)


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page, or JSON when a script asked, for a refusal. A 404 never says why."""
    if request.content_type == "application/json" or not request.accepts("text/html"):
        text = "" if refusal.status == 404 else str(refusal)
        return JsonResponse({"code": refusal.code, "text": text}, status=refusal.status)
    page = select_template([f"{refusal.status}.html", "refused.html"])
    context = {} if refusal.status == 404 else {"refusal": {"text": str(refusal)}}
    return render(request, page.template.name, context, status=refusal.status)
