"""The sign-in page of a demo names its accounts; a real one names nobody."""

import pytest
from django.test import Client, override_settings

from config.demo_bureau.people import PASSWORD, make_people

pytestmark = pytest.mark.django_db


@override_settings(DEMO_SECOND_FACTOR=True)
def test_the_sign_in_page_of_a_demo_names_its_accounts(client: Client) -> None:
    make_people(can_sign_in=True)

    page = client.get("/accounts/login/").content.decode()

    assert PASSWORD in page and "handler_a" in page and "陈志远" in page


@override_settings(DEMO_SECOND_FACTOR=False)
def test_a_real_sign_in_page_names_nobody(client: Client) -> None:
    make_people(can_sign_in=True)

    page = client.get("/accounts/login/").content.decode()

    assert PASSWORD not in page and "handler_a" not in page
