"""The page shows demo accounts the code of their second factor where the settings say so, and nobody else."""

from collections.abc import Iterator

import pytest
from allauth.core.context import request_context
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ValidationError
from django.test import RequestFactory, override_settings

from casework.models import Account
from config.checks import no_demo_accounts_in_production
from config.second_factor import DemoAuthenticateForm

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def request_of_allauth(rf: RequestFactory) -> Iterator[None]:
    """The request that allauth's rate limit looks at."""
    with request_context(rf.post("/accounts/2fa/authenticate/")):
        yield


def form_for(*, is_demo: bool) -> DemoAuthenticateForm:
    """The second step of signing in, for an account with a second factor."""
    account = Account.objects.create(username="lin", is_demo=is_demo)
    TOTP.activate(account, generate_totp_secret())
    return DemoAuthenticateForm(user=account)


@override_settings(DEMO_SECOND_FACTOR=True, MFA_TOTP_TOLERANCE=2)
def test_the_page_shows_a_demo_account_its_code_and_a_new_one_after_use() -> None:
    form = form_for(is_demo=True)
    first = form.demo_totp_code
    form.cleaned_data = {"code": first}

    assert form.clean_code() == first
    assert form.demo_totp_code not in ("", first)


@override_settings(DEMO_SECOND_FACTOR=True)
def test_the_page_shows_a_real_account_nothing() -> None:
    assert form_for(is_demo=False).demo_totp_code == ""


@override_settings(DEMO_SECOND_FACTOR=False)
def test_without_the_demo_switch_no_code_is_shown() -> None:
    assert form_for(is_demo=True).demo_totp_code == ""


@override_settings(DEMO_SECOND_FACTOR=True)
def test_a_wrong_code_is_refused() -> None:
    form = form_for(is_demo=True)
    form.cleaned_data = {"code": "000000" if form.demo_totp_code != "000000" else "111111"}
    with pytest.raises(ValidationError):
        form.clean_code()


@override_settings(DEMO_SECOND_FACTOR=False)
def test_a_site_without_the_demo_code_refuses_demo_accounts() -> None:
    assert no_demo_accounts_in_production(databases=["default"]) == []

    Account.objects.create(username="lin", is_demo=True)

    assert [error.id for error in no_demo_accounts_in_production(databases=["default"])] == ["house.E001"]


def test_secrets_of_second_factors_are_sealed_in_the_database() -> None:
    secret = generate_totp_secret()

    held = TOTP.activate(Account.objects.create(username="lin"), secret).instance

    assert secret not in str(held.data)
