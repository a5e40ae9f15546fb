"""The demo code opens demo accounts where the settings have one, and nothing else."""

from collections.abc import Iterator

import pytest
from allauth.core.context import request_context
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ValidationError
from django.test import RequestFactory, override_settings

from casework.models import Account
from config.checks import no_demo_accounts_in_production
from config.second_factor import DemoAuthenticateForm, is_demo_code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def request_of_allauth(rf: RequestFactory) -> Iterator[None]:
    """The request that allauth's rate limit looks at."""
    with request_context(rf.post("/accounts/2fa/authenticate/")):
        yield


def form_for(code: str, *, is_demo: bool) -> DemoAuthenticateForm:
    """The second step of signing in, for an account with a second factor."""
    account = Account.objects.create(username="lin", is_demo=is_demo)
    TOTP.activate(account, generate_totp_secret())
    form = DemoAuthenticateForm(user=account)
    form.cleaned_data = {"code": code}
    return form


@override_settings(DEMO_SECOND_FACTOR="246810")
def test_a_demo_account_may_use_the_demo_code() -> None:
    assert form_for("246810", is_demo=True).clean_code() == "246810"


@override_settings(DEMO_SECOND_FACTOR="246810")
def test_another_account_may_not_use_the_demo_code() -> None:
    with pytest.raises(ValidationError):
        form_for("246810", is_demo=False).clean_code()


@override_settings(DEMO_SECOND_FACTOR=None)
@pytest.mark.parametrize("code", ["246810", "", "None"])
def test_without_a_demo_code_none_is_accepted(code: str) -> None:
    assert not is_demo_code(code)
    with pytest.raises(ValidationError):
        form_for(code, is_demo=True).clean_code()


@override_settings(DEMO_SECOND_FACTOR=None)
def test_a_site_without_the_demo_code_refuses_demo_accounts() -> None:
    assert no_demo_accounts_in_production(databases=["default"]) == []

    Account.objects.create(username="lin", is_demo=True)

    assert [error.id for error in no_demo_accounts_in_production(databases=["default"])] == ["house.E001"]


def test_secrets_of_second_factors_are_sealed_in_the_database() -> None:
    secret = generate_totp_secret()

    held = TOTP.activate(Account.objects.create(username="lin"), secret).instance

    assert secret not in str(held.data)
