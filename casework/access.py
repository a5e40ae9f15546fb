"""Every view says who may open it. A test walks all addresses and refuses one without a rule."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from casework.models import Account

View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """The request of a signed-in official, for the types: `staff` lets nobody else through."""

    user: Account


def staff(rule: str) -> Callable[[View], View]:
    """A page for signed-in staff; `rule` names the check that the view makes, e.g. "view_case".

    Nothing of it stays in a cache. Outsiders get 404 from the check itself.
    """

    def mark(view: View) -> View:
        guarded = never_cache(login_required(view))
        guarded.access_rule = rule  # type: ignore[attr-defined]
        return guarded

    return mark


def public(reason: str) -> Callable[[View], View]:
    """A page for everybody; `reason` says why that is right."""

    def mark(view: View) -> View:
        @wraps(view)
        def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        open_view.access_rule = f"public: {reason}"  # type: ignore[attr-defined]
        return open_view

    return mark
