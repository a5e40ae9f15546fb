"""Coming back with the receipt code."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from tests.factories.tips import PNG, STORY, a_tip
from tests.tips.rewarding import PAYEE, a_paid_case, opened, to_notice
from tests.tips.working import staff
from tips.models import Tip
from tips.receipts import receipt_code
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture(autouse=True)
def no_tries_yet():  # type: ignore[no-untyped-def]
    caches["short_lived"].clear()


def enter(client: Client, code: str):  # type: ignore[no-untyped-def]
    return client.post(reverse("tips:follow"), {"code": code})


def test_the_code_opens_the_report(client: Client) -> None:
    filed = a_tip()

    response = enter(client, receipt_code.grouped(filed.code).lower())

    assert response.url == reverse("tips:report_status")
    assert STORY in client.get(response.url).content.decode()


def test_the_code_is_in_no_cookie_address_or_cache(client: Client) -> None:
    filed = a_tip()

    response = enter(client, filed.code)

    token = client.cookies["report"]
    kept = str([caches["short_lived"].get(key) for key in ("tipster",)])
    assert filed.code not in str(client.cookies) + response.url + kept
    assert token["httponly"]
    assert token["samesite"] == "Strict"


def test_a_typing_error_is_named_as_such(client: Client) -> None:
    code = a_tip().code
    wrong = ("A" if code[0] != "A" else "B") + code[1:]

    response = enter(client, wrong)

    assert response.status_code == 422


def test_an_unknown_code_gets_one_neutral_answer(client: Client) -> None:
    a_tip()

    response = enter(client, receipt_code.from_seed(b"n" * 32))

    assert response.status_code == 404
    assert "report" not in client.cookies


def test_leaving_closes_the_report(client: Client) -> None:
    enter(client, a_tip().code)

    left = client.post(reverse("tips:report_leave"))

    assert '"storage"' in left["Clear-Site-Data"]
    assert client.get(reverse("tips:report_status")).url == reverse("tips:follow")


@pytest.mark.parametrize("name", ["report_status", "report_withdraw", "report_claim", "report_decline"])
def test_without_a_code_there_is_nothing_to_see(client: Client, name: str) -> None:
    assert client.get(reverse(f"tips:{name}")).url == reverse("tips:follow")


def test_a_message_sent_twice_stands_once(client: Client) -> None:
    filed = a_tip()
    enter(client, filed.code)

    for _ in range(2):
        client.post(reverse("tips:report_message"), {"key": "same", "text": "还有一点要说"})

    assert filed.tip.messages.count() == 1
    assert "还有一点要说" in client.get(reverse("tips:report_status")).content.decode()


def test_files_can_be_added_later(client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    filed = a_tip()
    enter(client, filed.code)

    client.post(reverse("tips:report_files"), {"key": "f", "files": [SimpleUploadedFile("后来.png", PNG)]})

    assert "后来.png" in client.get(reverse("tips:report_status")).content.decode()


def test_a_report_holds_so_many_files_and_no_more(client: Client, monkeypatch) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    monkeypatch.setattr("tips.services.add_files.MOST_FILES_OF_TIP", 2)
    filed = a_tip()
    enter(client, filed.code)
    sent = [
        client.post(reverse("tips:report_files"), {"key": name, "files": [SimpleUploadedFile(name, PNG)]})
        for name in ("一.png", "二.png", "三.png")
    ]

    assert [one.status_code for one in sent] == [302, 302, 422]
    assert "files" in sent[2].context["files_form"].errors
    assert filed.tip.files.count() == 2


def test_a_report_can_be_withdrawn(client: Client) -> None:
    filed = a_tip()
    enter(client, filed.code)

    client.post(reverse("tips:report_withdraw"), {"key": "w"})

    assert Tip.objects.get(pk=filed.tip.pk).withdrawn_at is not None


def claim_page(client: Client):  # type: ignore[no-untyped-def]
    people = staff()
    filed = a_paid_case(people)
    reward = opened(filed.tip)
    assert reward is not None
    to_notice(people, reward)
    enter(client, filed.code)
    return reward


def test_a_granted_reward_is_claimed_on_the_page(client: Client) -> None:
    reward = claim_page(client)

    response = client.post(reverse("tips:report_claim"), {**PAYEE, "key": "c"})

    reward.refresh_from_db()
    assert response.url == reverse("tips:report_status")
    assert reward.claimed_at is not None
    assert PAYEE["account"].encode() not in bytes(reward.sealed_payee)


def test_a_wrong_identity_number_claims_nothing(client: Client) -> None:
    reward = claim_page(client)

    wrong = {**PAYEE, "identity_number": "110105194912310020", "key": "c"}
    response = client.post(reverse("tips:report_claim"), wrong)

    reward.refresh_from_db()
    assert response.status_code == 422
    assert reward.claimed_at is None


def test_the_status_names_the_next_legal_date(client: Client) -> None:
    filed = a_tip()
    enter(client, filed.code)

    with playing(filed.tip.received_at + timedelta(hours=1)):
        status = client.get(reverse("tips:report_status")).context["status"]

    assert status.clock.due.date().isoformat() == "2025-04-02"
