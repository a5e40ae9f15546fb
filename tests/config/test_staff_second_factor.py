"""Officials work only with a second factor."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client, override_settings

from casework.models import Account

pytestmark = pytest.mark.django_db


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_without_a_second_factor_every_page_leads_to_setting_one_up(client: Client) -> None:
    client.force_login(
        Account.objects.create(username="lin"), backend="django.contrib.auth.backends.ModelBackend"
    )

    answer = client.get("/work/")

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/totp/activate/")


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_with_a_second_factor_the_page_opens(client: Client) -> None:
    account = Account.objects.create(username="lin")
    TOTP.activate(account, generate_totp_secret())
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/work/").status_code == 200
