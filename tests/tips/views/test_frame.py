"""Citizens see whose house they are in."""

import pytest
from django.test import Client

from tests.factories import casework as make

pytestmark = pytest.mark.django_db


def test_the_home_page_names_the_one_bureau_that_takes_reports_in(client: Client) -> None:
    bureau = make.bureau()
    make.account(bureau, "intake_officer")

    assert bureau.name in client.get("/").content.decode()


def test_with_two_bureaus_no_one_is_named(client: Client) -> None:
    bureaus = [make.bureau(), make.bureau()]
    for bureau in bureaus:
        make.account(bureau, "intake_officer")

    page = client.get("/").content.decode()

    assert not any(bureau.name in page for bureau in bureaus)
