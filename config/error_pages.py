"""Refusals of all apps as HTTP answers, in one place: status, translated page, JSON for scripts."""

import logging
import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string, select_template
from django.utils.log import log_response
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error

from workflows.errors import Refusal
from workflows.outage import is_outage

logger = logging.getLogger(__name__)
RETRY_SECONDS = 3
UNAVAILABLE = _(
    "The database cannot be reached at this moment. What you sent was carried out completely or not at all; "
    "please send it again, it is never done twice."
)


class RefusalPages:
    """Middleware: an expected "no" becomes a page with one clear sentence; anything else stays a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer refusals and a database that is away; leave other exceptions to Django."""
        if is_outage(error):
            return unavailable(request)
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


def unavailable(request: HttpRequest) -> HttpResponse:
    """One sentence with status 503, made without the database, the account or the session."""
    if request.content_type == "application/json" or not request.accepts("text/html"):
        body = {"code": "unavailable", "text": str(UNAVAILABLE)}
        return without_fault(request, JsonResponse(body, status=503))
    page = render_to_string("503.html", {"refusal": {"text": UNAVAILABLE}})
    return without_fault(request, HttpResponse(page, status=503))


def without_fault(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A 503 that is no fault of the program: the log gets one line, the browser when to come again."""
    response["Retry-After"] = str(RETRY_SECONDS)
    log_response(
        "database away: %s", request.path, response=response, request=request, logger=logger, level="warning"
    )
    return response


def fault_page(request: HttpRequest) -> HttpResponse:
    """What Django asks for an exception that nobody answered, also one of the middleware."""
    error = sys.exc_info()[1]
    return unavailable(request) if error and is_outage(error) else server_error(request)
