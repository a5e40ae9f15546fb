"""Pages of legal periods: asking, answering, printing; entries stay when something is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Account
from tests.factories import casework as make
from workflows.clocks import watch
from workflows.models import ClockRequest
from workflows.now import playing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work():
    with playing(make.MOMENT):
        yield


@pytest.fixture
def case():
    return make.handled_case()


@pytest.fixture
def clock(case):
    return case.run.clocks.get(rule_key="decision")


def client_of(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def asked(case, clock) -> ClockRequest:
    client = client_of(make.handler_of(case))
    client.post(reverse("casework:ask_extension", args=[clock.pk]), {"reason": "案情复杂", "key": uuid4()})
    return clock.requests.get()


def test_the_panel_of_the_case_leads_to_the_computation_and_to_the_request(case, clock):
    client = client_of(make.handler_of(case))
    panel = client.get(reverse("casework:case_part", args=[case.pk, "clocks"])).content.decode()
    address = reverse("casework:clock", args=[clock.pk])
    assert address in panel

    page = client.get(address).content.decode()

    assert "90 calendar days" in page and "2025-06-10" in page and case.number in page
    assert reverse("casework:ask_extension", args=[clock.pk]) in page
    assert reverse("casework:ask_pause", args=[clock.pk]) in page


def test_who_only_looks_sees_the_computation_without_the_requests(case, clock):
    page = client_of(make.account(case.bureau, "auditor")).get(reverse("casework:clock", args=[clock.pk]))
    assert page.status_code == 200
    assert reverse("casework:ask_extension", args=[clock.pk]) not in page.content.decode()


def test_the_page_says_what_the_request_would_change_and_keeps_what_was_typed(case, clock):
    client, address = client_of(make.handler_of(case)), reverse("casework:ask_pause", args=[clock.pk])
    refused = client.post(
        address,
        {"ground": "expert_review", "first_date": "2025-03-12", "reason": "三名专家评审", "key": uuid4()},
    )
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "三名专家评审" in page and "choose a later day" in page
    extension = client.get(reverse("casework:ask_extension", args=[clock.pk])).content.decode()
    assert "2025-07-10" in extension


def test_the_leader_finds_the_request_among_the_work_and_grants_it(case, clock):
    request = asked(case, clock)
    client = client_of(make.account(case.bureau, "leader"))
    address = reverse("casework:time_request", args=[request.pk])
    assert address in client.get(reverse("casework:my_work")).content.decode()
    assert "2025-07-10" in client.get(address).content.decode()

    answer = client.post(address, {"answer": "granted", "key": uuid4()})

    assert answer.url == reverse("casework:my_work")
    assert address not in client.get(reverse("casework:my_work")).content.decode()
    clock.refresh_from_db()
    assert clock.extensions.get().approved_by.lane_memberships.get().lane == "leader"


def test_the_same_key_grants_once(case, clock):
    request, client = asked(case, clock), client_of(make.account(case.bureau, "leader"))
    address, entries = reverse("casework:time_request", args=[request.pk]), {"answer": "granted", "key": "k"}
    client.post(address, entries)
    assert client.post(address, entries).status_code == 302
    assert clock.extensions.count() == 1


def test_a_refusal_without_reasons_keeps_the_answer(case, clock):
    request = asked(case, clock)
    answer = client_of(make.account(case.bureau, "leader")).post(
        reverse("casework:time_request", args=[request.pk]), {"answer": "refused", "key": uuid4()}
    )
    assert answer.status_code == 422
    assert "Say why it is refused." in answer.content.decode()


def test_an_answered_request_shows_its_answer(case, clock):
    request, client = asked(case, clock), client_of(make.account(case.bureau, "leader"))
    address = reverse("casework:time_request", args=[request.pk])
    client.post(address, {"answer": "refused", "reason": "理由不足", "key": uuid4()})
    page = client.get(address)
    assert page.status_code == 200 and "理由不足" in page.content.decode()


def test_outsiders_get_404_at_every_address_of_a_period(case, clock):
    request = asked(case, clock)
    for role in ("case_handler", "legal_reviewer", "finance", "intake_officer"):
        client = client_of(make.account(case.bureau, role))
        for name in ("clock", "ask_extension", "ask_pause", "end_pause"):
            assert client.get(reverse(f"casework:{name}", args=[clock.pk])).status_code == 404, (role, name)
        assert client.get(reverse("casework:time_request", args=[request.pk])).status_code == 404
        assert case.number not in client.get(reverse("casework:my_work")).content.decode()


def test_a_leader_without_a_request_to_answer_sees_nothing_of_the_period(case, clock):
    leader = client_of(make.account(case.bureau, "leader"))
    assert leader.get(reverse("casework:clock", args=[clock.pk])).status_code == 404
    asked(case, clock)
    assert leader.get(reverse("casework:clock", args=[clock.pk])).status_code == 200


def test_the_timeline_tells_what_was_granted(case, clock):
    request = asked(case, clock)
    client_of(make.account(case.bureau, "leader")).post(
        reverse("casework:time_request", args=[request.pk]), {"answer": "granted", "key": uuid4()}
    )
    timeline = client_of(make.handler_of(case)).get(reverse("casework:case_part", args=[case.pk, "timeline"]))
    assert "until 2025-07-10" in timeline.content.decode()


def test_the_computation_comes_as_text_with_calendar_and_what_was_granted(case, clock):
    request = asked(case, clock)
    client_of(make.account(case.bureau, "leader")).post(
        reverse("casework:time_request", args=[request.pk]), {"answer": "granted", "key": uuid4()}
    )
    answer = client_of(make.handler_of(case)).get(reverse("casework:clock", args=[clock.pk]) + "?form=text")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/plain")
    assert "90 calendar days end on 2025-06-10." in text and "chinesecalendar" in text
    assert "First extension of the decision +30 calendar days" in text
    assert "decision_extension_1" not in text


def test_a_warning_stands_in_the_work_list_on_the_page_and_in_the_overview(case, clock):
    later = make.MOMENT + timedelta(days=50)
    watch.watch(later)
    with playing(later):
        handler = client_of(make.handler_of(case))
        chief = client_of(make.account(case.bureau, "chief"))
        assert "Warned: half of the time is over" in handler.get(reverse("casework:my_work")).content.decode()
        assert "half of the time is over" in chief.get(reverse("casework:overview")).content.decode()
        page = handler.get(reverse("casework:clock", args=[clock.pk])).content.decode()
    assert "the last day has come" in page
