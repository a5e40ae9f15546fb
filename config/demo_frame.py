"""What the sign-in page of a demo shows: who may sign in, and with which password."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from casework.models import Account
from casework.permissions import ROLES
from config.demo_bureau.people import PASSWORD


def demo_sign_in(request: HttpRequest) -> dict[str, Any]:
    """The demo's accounts on the sign-in page; nothing elsewhere, and nothing outside a demo."""
    if not settings.DEMO_SECOND_FACTOR or request.path != reverse("account_login"):
        return {}
    found = Account.objects.filter(is_demo=True).prefetch_related("lane_memberships").order_by("id")
    accounts = [{"username": account.username, "role": _roles(account)} for account in found]
    return {"demo_accounts": accounts, "demo_password": PASSWORD}


def _roles(account: Account) -> str:
    lanes = [member.lane for member in account.lane_memberships.all()]
    return f"{account} · " + ", ".join(str(label) for role, label in ROLES.items() if str(role) in lanes)
