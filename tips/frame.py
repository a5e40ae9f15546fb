"""What the frame of the citizens' pages shows: the bureau that they turn to. Asked only when a page shows it."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from casework.models import Bureau
from tips.selectors import receiving_bureaus
from workflows.now import now


def public_frame(request: HttpRequest) -> dict[str, Any]:
    """Name and ways to reach the bureau; nothing where several bureaus take reports in, or for officials."""
    account = getattr(request, "user", None)
    if account is not None and account.is_authenticated:
        return {}
    particular = _particulars()
    return {
        "bureau_name": SimpleLazyObject(lambda: particular("name")),
        "bureau_phone": SimpleLazyObject(lambda: particular("telephone")),
        "bureau_address": SimpleLazyObject(lambda: particular("address")),
    }


def _particulars() -> Any:
    @cache
    def only_bureau() -> Bureau | None:
        found = receiving_bureaus(now())
        return found[0] if len(found) == 1 else None

    return lambda name: getattr(only_bureau(), name, "")
