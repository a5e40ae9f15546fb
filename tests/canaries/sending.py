"""Planting marks in what is sent in parts, asked for and answered, and claimed a second time."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from casework.models import Account
from tests.canaries.marks import Marks, a_picture
from tests.factories.tips import PNG, RECEIVED
from tests.tips import rewarding
from tests.tips.files import made
from tests.tips.working import open_item
from tips.models import PaymentBatch, RequestForTipster, Reward, Tip
from tips.receipts.receipt_code import grouped
from tips.services.receive_upload import PART
from workflows.background.relay import drain
from workflows.door.commands import claim_item
from workflows.rules.calendar import civil_date

if TYPE_CHECKING:
    from tests.canaries.planting import Tipster


def signed_in(account: Account) -> Client:
    """The browser of an official."""
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


def sends_in_parts(tipster: "Tipster", basket: str) -> None:
    """One film arrives whole, of another one its first part: both before the report is sent."""
    marks = tipster.marks
    whole = made.film(frames=marks.upload_words.encode())
    assert _begun(tipster, basket, marks.upload_name, whole, len(whole)).status_code == 204
    long = made.film(frames=marks.part_words.encode() * 1000)
    assert len(long) > PART
    assert _begun(tipster, basket, marks.part_name, long, PART).status_code == 204


def _begun(tipster: "Tipster", basket: str, name: str, content: bytes, size: int) -> HttpResponse:
    headers = {"Tus-Resumable": "1.0.0", "X-Upload-Basket": basket}
    about = {
        "Upload-Length": str(len(content)),
        "Upload-Metadata": f"filename {b64encode(name.encode()).decode()}",
    }
    url = tipster.browser.post(reverse("tips:uploads"), headers=headers | about)["Location"]
    tipster.addresses.append(url)
    return tipster.browser.patch(
        url,
        content[:size],
        content_type="application/offset+octet-stream",
        headers=headers | {"Upload-Offset": "0"},
    )


def asked_and_answered(tipster: "Tipster", tip: Tip, officer: Account) -> None:
    """An officer sends a file and asks for papers; the tipster fetches the one and answers with another."""
    marks = tipster.marks
    claim_item(open_item(tip.leading_run, "register_tip"), actor=officer, key="c", now=RECEIVED)
    desk = signed_in(officer)
    letter = SimpleUploadedFile(marks.letter_name, a_picture(marks.letter_words))
    sent = {"key": "l", "text": marks.letter, "files": [letter]}
    assert desk.post(reverse("tips:tip_message", args=[tip.pk]), sent).status_code == 302
    due_on = (civil_date(RECEIVED) + timedelta(days=5)).isoformat()
    entries = {"key": "r", "words": marks.asked, "due_on": due_on}
    assert desk.post(reverse("tips:tip_request", args=[tip.pk]), entries).status_code == 302
    drain(RECEIVED)
    tipster.browser.get(reverse("tips:report_status"))
    letter_id = tip.messages.get(sender=officer).files.get().pk
    fetched = tipster.browser.get(reverse("tips:report_file", args=[letter_id]))
    assert marks.letter_words.encode() in b"".join(fetched.streaming_content)  # type: ignore[arg-type]
    address = reverse("tips:report_answer", args=[RequestForTipster.objects.get().pk])
    answer = {"key": "a", "text": marks.answer, "files": [SimpleUploadedFile(marks.answer_name, PNG)]}
    assert tipster.browser.post(address, answer).status_code == 302
    late = tipster.browser.post(address, {**answer, "key": "b", "text": marks.late_answer, "files": []})
    assert late.status_code == 409
    drain(RECEIVED)


def claims_again(tipster: "Tipster", people: Mapping[str, Account], reward: Reward) -> None:
    """The bank sends the money back; the tipster names another account. Finance takes the bank's file."""
    rewarding.work(people, reward, "identity_officer", "confirm_identity", {"identity": "confirmed"})
    rewarding.to_bank(people, reward)
    batch = PaymentBatch.objects.get()
    file = signed_in(people["finance"]).get(reverse("tips:payment_file", args=[batch.pk]))
    assert tipster.marks.account in file.content.decode("utf-8-sig")
    rewarding.work(people, reward, "finance", "pay_reward", rewarding.RETURNED)
    tipster.posts("follow", {"code": grouped(tipster.marks.codes[0])})
    answer = tipster.posts("report_claim", second_claim(tipster.marks))
    assert answer.status_code == 302, answer.content.decode()[:3000]


def second_claim(marks: Marks) -> dict[str, str]:
    """Whom the reward is paid to after all."""
    return {
        "key": "k2",
        "name": marks.second_payee,
        "identity_number": marks.second_identity_number,
        "bank": "云河银行滨江支行",
        "account": marks.second_account,
    }
