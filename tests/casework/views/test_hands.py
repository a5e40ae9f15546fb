"""Pages on which work goes from one person to another."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Case
from casework.permissions import Role
from tests.factories import casework as make
from workflows.models import JournalEntry, Substitution
from workflows.now import playing

pytestmark = pytest.mark.django_db
DAY = make.MOMENT.date()


@pytest.fixture(autouse=True)
def at_work():
    with playing(make.MOMENT):
        yield


@pytest.fixture
def case() -> Case:
    return make.handled_case()


def client_of(account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def entries(absent, substitute, **changes) -> dict[str, object]:
    days = {"first_day": DAY.isoformat(), "last_day": (DAY + timedelta(days=4)).isoformat()}
    people = {"absent": absent.pk, "substitute": substitute.pk}
    return {"key": str(uuid4()), "reason": "年休假", **people, **days, **changes}


def test_who_has_the_work_hands_it_to_a_colleague_who_then_sees_the_case(case):
    one, other = [row.officer.account for row in case.handlers.order_by("id")]
    item = make.work(case, "investigate")
    client, address = client_of(one), reverse("casework:hand_on", args=[item.pk])
    client.post(reverse("casework:claim", args=[item.pk]), {"key": uuid4()})

    page = client.get(address).content.decode()
    assert str(other) in page and str(one) not in page.split("<select")[1].split("</select>")[0]
    assert client.post(address, {"to": other.pk, "reason": "出差", "key": uuid4()}).status_code == 302

    assert client_of(other).get(reverse("casework:task", args=[item.pk])).status_code == 200
    assert client.get(address).status_code == 404
    assert JournalEntry.objects.get(act="work_delegated").details["reasons"] == "出差"


def test_a_leader_gives_work_to_a_person_from_the_case_page(case):
    chief = make.account(case.bureau, Role.CHIEF)
    handler, item = make.handler_of(case), make.work(case, "investigate")
    client, address = client_of(chief), reverse("casework:hand_on", args=[item.pk])

    assert address in client.get(reverse("casework:case", args=[case.pk])).content.decode()
    client.post(address, {"to": handler.pk, "reason": "熟悉该机构", "key": uuid4()})

    item.refresh_from_db()
    assert item.assignee == handler


def test_a_form_without_a_reason_comes_back_with_what_was_chosen(case):
    chief, handler = make.account(case.bureau, Role.CHIEF), make.handler_of(case)
    item = make.work(case, "investigate")
    answer = client_of(chief).post(
        reverse("casework:hand_on", args=[item.pk]), {"to": handler.pk, "reason": "", "key": uuid4()}
    )

    assert answer.status_code == 422
    assert f'value="{handler.pk}" selected' in answer.content.decode()
    item.refresh_from_db()
    assert item.assignee is None


def test_people_without_the_work_or_the_lead_find_no_page(case):
    reviewer = make.account(case.bureau, Role.LEGAL_REVIEWER)
    item = make.work(case, "investigate")
    address = reverse("casework:hand_on", args=[item.pk])

    assert client_of(reviewer).get(address).status_code == 404
    assert client_of(reviewer).post(address, {"to": reviewer.pk, "reason": "帮忙"}).status_code == 404


def test_a_named_substitute_gets_the_work_of_the_absent_on_these_days(case):
    chief, handler = make.account(case.bureau, Role.CHIEF), make.handler_of(case)
    substitute = make.officer(case.bureau).account
    item = make.work(case, "investigate")
    address = reverse("casework:substitutions")
    assert client_of(substitute).get(reverse("casework:task", args=[item.pk])).status_code == 404

    assert client_of(chief).post(address, entries(handler, substitute)).status_code == 302

    assert client_of(substitute).get(reverse("casework:task", args=[item.pk])).status_code == 200
    assert str(substitute) in client_of(chief).get(address).content.decode()
    with playing(make.MOMENT + timedelta(days=5)):
        assert client_of(substitute).get(reverse("casework:task", args=[item.pk])).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last_day": (DAY - timedelta(days=1)).isoformat()}, "The last day lies before the first one."),
        ({"last_day": (DAY + timedelta(days=181)).isoformat()}, "A substitution lasts at most 180 days."),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_a_refused_substitution_says_why_and_keeps_the_entries(case, changes, sentence):
    chief, handler = make.account(case.bureau, Role.CHIEF), make.handler_of(case)
    substitute = make.officer(case.bureau).account
    answer = client_of(chief).post(reverse("casework:substitutions"), entries(handler, substitute, **changes))

    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert f'value="{substitute.pk}" selected' in page
    assert not Substitution.objects.exists()


def test_a_handler_is_replaced_only_by_who_holds_a_certificate_long_enough(case):
    chief, handler = make.account(case.bureau, Role.CHIEF), make.handler_of(case)
    without = make.account(case.bureau, Role.INTAKE_OFFICER)
    ending = make.officer(case.bureau, certificate_until=DAY + timedelta(days=3)).account

    for substitute in (without, ending):
        answer = client_of(chief).post(reverse("casework:substitutions"), entries(handler, substitute))
        assert "has no enforcement certificate" in answer.content.decode()
    assert not Substitution.objects.exists()


def test_nobody_names_themselves_as_substitute(case):
    chief, handler = make.account(case.bureau, Role.CHIEF), make.handler_of(case)
    answer = client_of(chief).post(reverse("casework:substitutions"), entries(handler, chief))
    assert "Somebody else has to name you" in answer.content.decode()
