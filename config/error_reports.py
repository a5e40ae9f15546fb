"""What a report of an error may show: where it happened, and nothing of the visitor, the form or the settings.

Django hides what is marked as sensitive; here everything is, since a report may be mailed. Names of settings that
Django does not know (a pepper, addresses with passwords), cookies that open a tip, network addresses, the query, the
account and the words of errors, which quote what was typed, would stay.
"""

from collections.abc import ItemsView, Iterator
from types import FrameType, TracebackType
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from config.bare_errors import name_of

SHOWN_OF_REQUEST = ("REQUEST_METHOD", "PATH_INFO", "CONTENT_TYPE", "HTTP_X_REQUEST_ID")


class BareReports(SafeExceptionReporterFilter):
    """Method, path, request id and the lines of code; names of fields without their values."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always, on a developer's machine as well."""
        return True

    def get_safe_settings(self) -> dict[str, Any]:
        """None."""
        return {}

    def get_safe_request_meta(self, request: HttpRequest | None) -> dict[str, Any]:
        """What was asked, never by whom."""
        found = getattr(request, "META", {})
        return {name: found[name] for name in SHOWN_OF_REQUEST if name in found}

    def get_safe_cookies(self, request: HttpRequest | None) -> dict[str, Any]:
        """None: a cookie opens a tip for a quarter of an hour."""
        return {}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Names of the fields only."""
        return {} if request is None else dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        """None: a local variable may hold anything that was typed."""
        return dict[str, Any]().items()


class BareReport(ExceptionReporter):
    """Without everything that no filter of Django hides: sent files, query, account, words of errors."""

    def get_traceback_data(self) -> dict[str, Any]:
        """What the report is written from."""
        data = super().get_traceback_data()
        bare: dict[str, Any] = {
            "request_FILES_items": [],
            "request_GET_items": [],
            "request_insecure_uri": data.get("request") and data["request"].path,
            "user_str": None,
            "unicode_hint": "",
            "exception_value": None,
            "exception_notes": None,
        }
        if data["template_info"]:
            bare["template_info"] = data["template_info"] | {"message": ""}
        return data | bare

    def get_exception_traceback_frames(
        self, exc_value: BaseException | None, tb: TracebackType | None
    ) -> Iterator[dict[str, Any]]:
        """The lines of code; of the error behind an error its kind alone."""
        for frame in super().get_exception_traceback_frames(exc_value, tb):
            cause = frame["exc_cause"]
            yield frame | {"exc_cause": cause and name_of(cause)}
