"""The operators' pages: causes in groups, a preview before every act, four eyes, and not a word of a matter."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Account, Case
from casework.permissions import Role
from tests.factories import casework as make
from workflows.incidents.causes import cause_of
from workflows.incidents.detector import watch
from workflows.incidents.raising import failed_effect, raise_incident
from workflows.models import Incident, JournalEntry, OutboxEntry
from workflows.now import playing

pytestmark = pytest.mark.django_db
NOW = make.MOMENT
REASON = "该文书已由人工归档，不再生成。"


@pytest.fixture(autouse=True)
def at_work() -> Iterator[None]:
    """The moment stands still."""
    with playing(NOW):
        yield


@pytest.fixture
def case() -> Case:
    """A case, one effect of which fails again and again."""
    made = make.handled_case()
    entry = OutboxEntry.objects.create(
        key="document:1",
        operation="casework.store_document",
        run=made.run,
        payload={"document": 1},
        attempt_count=3,
        next_try_at=NOW + timedelta(hours=1),
        created_at=NOW,
    )
    raise_incident(failed_effect(entry), cause_of(OSError("/geheim")), now=NOW, attempt=3)
    return made


@pytest.fixture
def operator(case: Case) -> Account:
    """Who looks after the system of the bureau."""
    return make.account(case.bureau, Role.OPERATOR)


def client_of(account: Account, language: str = "en") -> Client:
    """A browser that is signed in."""
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    """A page that must open."""
    answer = client.get(reverse(f"system:{name}", args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_incidents_stand_in_groups_with_what_to_do(case: Case, operator: Account) -> None:
    page = text(client_of(operator), "incidents")

    assert "OSError" in page and "A service outside does not answer." in page
    assert "外部服务没有应答" in text(client_of(operator, "zh-hans"), "incidents")


@pytest.mark.parametrize(("act", "word"), [("retry", "Ask to retry 1 step"), ("skip", "Ask to skip 1 step")])
def test_an_act_is_previewed_and_nothing_is_done_yet(
    case: Case, operator: Account, act: str, word: str
) -> None:
    first = Incident.objects.get()

    page = text(client_of(operator), "preview", first.fingerprint, query=f"?act={act}&incident={first.pk}")

    assert word in page and "another person has to approve it" in page
    assert not OutboxEntry.objects.filter(next_try_at__lte=NOW).exists()


@pytest.mark.parametrize("act", ["retry", "skip"])
def test_an_act_needs_a_reason_and_another_person(case: Case, operator: Account, act: str) -> None:
    client, first = client_of(operator), Incident.objects.get()
    ask = reverse("system:ask", args=[first.fingerprint])
    asked = {"act": act, "incident": [first.pk]}
    assert client.post(ask, {**asked, "reason": " 否 "}).status_code == 422
    assert client.post(ask, {**asked, "reason": REASON}).status_code == 302
    wish = Incident.objects.get().request
    assert wish is not None and wish.kind == act
    decide = reverse("system:decide_steps", args=[wish.pk])

    assert "another person has to decide" in text(client, "requests")
    assert client.post(decide, {"decision": "approve"}).status_code == 403
    assert not OutboxEntry.objects.filter(next_try_at__lte=NOW).exists()
    chief = client_of(make.account(case.bureau, Role.CHIEF))
    assert REASON in text(chief, "requests")
    assert chief.post(decide, {"decision": "approve"}).status_code == 302

    first.refresh_from_db()
    if act == "skip":
        assert first.resolution == Incident.Resolution.SKIPPED
        assert "skipped by two people" in text(client, "incidents")
    else:
        assert list(OutboxEntry.objects.filter(next_try_at__lte=NOW)) == [first.outbox_entry]
        assert JournalEntry.objects.get(act="incident_retried").actor.username != operator.username


def test_an_auditor_looks_and_does_nothing(case: Case) -> None:
    auditor, first = client_of(make.account(case.bureau, Role.AUDITOR)), Incident.objects.order_by("pk")[0]

    assert "Preview a retry" not in text(auditor, "incident", first.fingerprint)
    assert auditor.post(reverse("system:ask", args=[first.fingerprint])).status_code == 404
    assert auditor.get(reverse("system:preview", args=[first.fingerprint])).status_code == 404


def test_runs_are_found_by_number_state_and_waits(case: Case, operator: Account) -> None:
    client, run = client_of(operator), case.run
    assert run is not None
    found = {
        query: run.business_key in text(client, "runs", query=query)
        for query in (
            f"?number={run.business_key[-3:]}",
            "?number=nowhere",
            "?state=ended",
            "?waits=person",
            "?waits=timer",
            "?waits=incident",
            "?waits=nothing",
        )
    }
    assert list(found.values()) == [True, False, False, True, False, True, False]

    Incident.objects.all().delete()
    run.work_items.update(status="cancelled")
    OutboxEntry.objects.all().delete()
    assert watch(NOW) == 1
    assert run.business_key in text(client, "runs", query="?waits=nothing")
    page = text(client, "run", run.pk)
    assert "This run waits for nobody and nothing." in page
    stalled = Incident.objects.get()
    ask = reverse("system:ask", args=[stalled.fingerprint])
    assert client.post(ask, {"act": "retry", "reason": REASON}).status_code == 302
    stalled.refresh_from_db()
    decide = reverse("system:decide_steps", args=[stalled.request_id])
    second = client_of(make.account(case.bureau, Role.OPERATOR))
    assert second.post(decide, {"decision": "approve"}).status_code == 302
    assert run.work_items.filter(status="open").exists()


def test_no_page_shows_what_stands_in_the_matter(case: Case, operator: Account) -> None:
    client, first = client_of(operator), Incident.objects.order_by("pk")[0]
    assert case.run is not None
    pages = [text(client, name) for name in ("incidents", "requests", "runs", "outbox", "timers", "seals")]
    pages += [text(client, "run", case.run.pk), text(client, "incident", first.fingerprint)]
    whole = "".join(pages)

    told = [case.summary, case.cause, case.parties.get().name, "geheim"]
    assert [word for word in told if word in whole] == []
    assert JournalEntry.objects.filter(act="system_viewed", actor=operator).count() == 7


def test_the_neighbours_operator_sees_nothing_of_it(case: Case) -> None:
    stranger = client_of(make.account(make.bureau(), Role.OPERATOR))
    first = Incident.objects.order_by("pk")[0]
    assert case.run is not None

    assert case.run.business_key not in text(stranger, "runs") + text(stranger, "outbox")
    assert "OSError" not in text(stranger, "incidents")
    assert stranger.get(reverse("system:incident", args=[first.fingerprint])).status_code == 404
    assert stranger.get(reverse("system:run", args=[case.run.pk])).status_code == 404
