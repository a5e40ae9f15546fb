"""Making the demo's bureaus and people; doing it again changes nothing."""

import base64
import hashlib
import hmac
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.hashers import make_password

from casework.models import Account, Bureau, Officer
from config.demo_bureau.budgets import make_budgets
from workflows.models import LaneMember

FILE = Path(__file__).with_name("people.yaml")
PASSWORD = "yunhe-demo-2026"
VALID_UNTIL = date(2030, 12, 31)
# Lane memberships begin before any scenario: the demo's past is played through the same checks.
SINCE = datetime.fromisoformat("2020-01-01T00:00:00+08:00")


@lru_cache(maxsize=1)
def plan() -> dict[str, Any]:
    """The contents of `people.yaml`."""
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def make_people(*, can_sign_in: bool = False) -> None:
    """Make bureaus, accounts, certificates and lanes; with passwords and second factors for the demo."""
    bureaus = {raw["key"]: _bureau(raw) for raw in plan()["bureaus"]}
    for raw in plan()["people"]:
        account = _account(raw, bureaus)
        _officer(raw, account)
        for lane in raw["lanes"]:
            _lane(account, lane, raw, bureaus)
        if can_sign_in:
            _allow_sign_in(account)
    make_budgets(bureaus["county"])


def join_people(bureau: dict[str, Any], people: list[dict[str, Any]]) -> None:
    """Add a bureau below the province, and people to it or to those of the plan."""
    known = {raw["key"]: Bureau.objects.get(name=raw["name"]) for raw in plan()["bureaus"]}
    known[bureau["key"]] = _bureau({"superior": "province", **bureau})
    for raw in people:
        account = _account({"bureau": bureau["key"], **raw}, known)
        _officer(raw, account)
        for lane in raw["lanes"]:
            _lane(account, lane, {"bureau": bureau["key"], **raw}, known)


def demo_secret(username: str) -> str:
    """The preset secret of an account's second factor, in base 32."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"demo second factor {username}".encode(), hashlib.sha1)
    return base64.b32encode(digest.digest()).decode()


def _bureau(raw: dict[str, Any]) -> Bureau:
    fields = {name: value for name, value in raw.items() if name not in ("key", "superior")}
    if "superior" in raw:
        names = {other["key"]: other["name"] for other in plan()["bureaus"]}
        fields["superior"] = Bureau.objects.get(name=names[raw["superior"]])
    return Bureau.objects.update_or_create(name=raw["name"], defaults=fields)[0]


def _account(raw: dict[str, Any], bureaus: dict[str, Bureau]) -> Account:
    home = bureaus[raw.get("lent_by") or raw.get("bureau", "county")]
    return Account.objects.update_or_create(
        username=raw["username"],
        defaults={"display_name": raw["name"], "bureau": home, "email": f"{raw['username']}@demo.invalid"},
    )[0]


def _officer(raw: dict[str, Any], account: Account) -> None:
    if "certificate" in raw:
        Officer.objects.update_or_create(
            account=account,
            defaults={
                "certificate_number": raw["certificate"],
                "certificate_valid_until": raw.get("valid_until", VALID_UNTIL),
                "has_legal_qualification": raw.get("qualified", False),
            },
        )


def _lane(account: Account, lane: str, raw: dict[str, Any], bureaus: dict[str, Bureau]) -> None:
    lender = bureaus[raw["lent_by"]].pk if "lent_by" in raw else None
    unit = bureaus[raw.get("bureau", "county")].pk
    LaneMember.objects.get_or_create(
        account=account,
        lane=lane,
        unit_id=unit,
        ends_at=None,
        defaults={"starts_at": SINCE, "lent_by_unit_id": lender},
    )


@lru_cache(maxsize=1)
def _hashed_password() -> str:
    """One hash for all: the password is printed anyway, and each hash costs a good part of a second."""
    return make_password(PASSWORD)


def _allow_sign_in(account: Account) -> None:
    if not account.is_demo:
        account.password = _hashed_password()
        account.is_demo = True
        account.save(update_fields=["password", "is_demo"])
    EmailAddress.objects.get_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    if not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(account, demo_secret(account.username))
