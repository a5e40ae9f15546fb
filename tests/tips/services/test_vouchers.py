"""The voucher of a paid line: what the accounts need and nothing that leads to the payee or the matter."""

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Document
from casework.services.store_document import rendered
from tests.casework.documents.reading import words
from tests.tips.rewarding import (
    DECIDED,
    PAID,
    PAYEE,
    RETURNED,
    a_paid_case,
    opened,
    to_bank,
    to_confirmed,
    to_notice,
    work,
)
from tips.models import Reward
from workflows.models import JournalEntry
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models")


def answered(people, answer) -> Reward:  # type: ignore[no-untyped-def]
    """A reward of which the bank has answered."""
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    to_notice(people, reward)
    to_confirmed(people, reward)
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", answer)
    return reward


def vouchers() -> list[Document]:
    return list(Document.objects.filter(kind="reward_voucher"))


def test_it_has_the_amount_in_both_scripts_and_neither_payee_nor_matter(people) -> None:
    reward = answered(people, PAID)
    (voucher,) = vouchers()

    text = words(rendered(voucher))

    line = reward.payment_lines.get()
    for said in (
        reward.claim_number,
        line.reference,
        "5,750.00元（大写：人民币伍仟柒佰伍拾元整）",
        "V1",
        "2025年5月10日",
    ):
        assert said in text
    for person in ("finance", "finance_b"):
        assert person in text
    hidden = (*PAYEE.values(), reward.tip.register_number, reward.case.number, "周举报", "举报")
    assert not [word for word in hidden if word in text]


def test_a_returned_payment_has_none(people) -> None:
    answered(people, RETURNED)

    assert vouchers() == []


def test_finance_opens_it_from_the_batch_and_nobody_else_does(people) -> None:
    reward = answered(people, PAID)
    batch = reward.payment_lines.get().batch
    address = reverse("tips:payment_voucher", args=[batch.pk, 1])

    found = {}
    with playing(DECIDED):
        for who in ("finance", "finance_b", "leader", "handler", "identity_officer"):
            client = Client()
            client.force_login(people[who])
            found[who] = client.get(address).status_code
        finance = Client()
        finance.force_login(people["finance"])
        page = finance.get(reverse("tips:payment", args=[batch.pk])).content.decode()
        missing = finance.get(reverse("tips:payment_voucher", args=[batch.pk, 2])).status_code

    assert found == {"finance": 302, "finance_b": 302, "leader": 404, "handler": 404, "identity_officer": 404}
    assert address in page and missing == 404
    assert JournalEntry.objects.filter(act="document_downloaded").count() == 2
