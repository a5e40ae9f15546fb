"""One line at the start and end of each request: method and path, id, account; nothing of the visitor."""

import logging
import re

from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware
from structlog.contextvars import get_contextvars

from workflows.outage import is_outage

WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestLogMiddleware(RequestMiddleware):
    """The structured request log with paths only: query strings carry search words and one-time codes."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path."""
        return f"{request.method} {request.path}"

    def prepare(self, request: HttpRequest) -> None:
        """Take the browser's request id if it is well formed, else make one."""
        if not WELL_FORMED.fullmatch(request.headers.get("X-Request-ID", "")):
            request.META.pop("HTTP_X_REQUEST_ID", None)
            request.__dict__.pop("headers", None)
        super().prepare(request)
        request.META["HTTP_X_REQUEST_ID"] = get_contextvars()["request_id"]

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        """Tell the browser the id, so that a person can quote it."""
        response["X-Request-ID"] = request.META["HTTP_X_REQUEST_ID"]
        super().handle_response(request, response)

    def _process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A database that is away is answered with 503 and is no fault of the request."""
        if not is_outage(exception):
            super()._process_exception(request, exception)

    def _log_level_for_status_code(self, status_code: int) -> int:
        return logging.WARNING if status_code == 503 else super()._log_level_for_status_code(status_code)
