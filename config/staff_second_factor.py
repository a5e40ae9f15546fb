"""Officials work only with a second factor: without one, every page leads to setting it up."""

from collections.abc import Callable

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

KNOWN = "has_second_factor"
OPEN_PREFIXES = ("/accounts/", "/static/", "/i18n/", "/healthz")


class SecondFactorRequired:
    """Send signed-in people without a second factor to the page where they set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or redirect."""
        if self._lacks_factor(request):
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _lacks_factor(self, request: HttpRequest) -> bool:
        if not request.user.is_authenticated or request.path.startswith(OPEN_PREFIXES):
            return False
        if not settings.SECOND_FACTOR_REQUIRED or request.session.get(KNOWN) == request.user.pk:
            return False
        if get_adapter().is_mfa_enabled(request.user):
            request.session[KNOWN] = request.user.pk
            return False
        return True
