"""The tips of a case on its page: numbered, in order of receipt, never with a word about a tipster."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.tips import a_real_name_filing
from tests.tips.services.test_several_tips import two_tips
from tests.tips.working import do, staff
from tips.models import TipGroupPermission, TipUserPermission

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("models")]


def test_only_who_may_open_a_tip_has_a_link_to_it(client: Client) -> None:
    people = staff()
    first, second = two_tips(people)
    TipUserPermission.objects.filter(content_object=second).delete()
    TipGroupPermission.objects.filter(content_object=second).delete()
    officers = {"officers": [people["handler"].officer.pk, people["second"].officer.pk]}
    do(people["leader"], first.case.run, "appoint_handlers", {**officers, "is_recusal_checked": "on"})
    client.force_login(people["handler"])

    page = client.get(reverse("casework:case_part", args=[first.case_id, "facts"])).content.decode()

    assert page.index(first.register_number) < page.index(second.register_number)
    assert f'href="{reverse("tips:tip", args=[first.pk])}"' in page
    assert f'href="{reverse("tips:tip", args=[second.pk])}"' not in page
    identity = a_real_name_filing().identity
    assert identity is not None
    assert not [
        word for word in vars(identity).values() if isinstance(word, str) and len(word) > 1 and word in page
    ]
