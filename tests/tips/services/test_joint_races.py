"""Two people claim one reward at the same moment; two of finance draw up the same payments."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from casework.models import Account
from tests.tips.conftest import publish
from tests.tips.joining import claimed, joint, payee, payees
from tests.tips.rewarding import DECIDED, work
from tests.tips.services.test_joint_payment import ALL
from tests.tips.services.test_outcome_race import held_up
from tests.tips.working import open_item, staff
from tips.errors import RewardNotOpen
from tips.models import PaymentBatch, PaymentLine, Reward
from tips.sealing import identity
from tips.services import claim_reward
from tips.services.order_payment import make_batch
from workflows.models import WorkItem
from workflows.now import playing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


@pytest.fixture
def people() -> dict[str, Account]:
    publish()
    return staff()


def closing(act: Callable[[], Any]) -> Any:
    """Do it on a connection of its own."""
    try:
        return act()
    finally:
        connection.close()


def test_of_two_people_who_claim_at_once_one_wins_and_the_other_reads_why_not(
    people: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    reward, code = joint(people)

    def claims(name: str) -> tuple[int, str]:
        """From the code to the page after the claim, in a browser of one's own."""
        client, entries = Client(), {"key": f"key-of-{name}"}
        client.post(reverse("tips:follow"), {"code": code})
        for number in (1, 2, 3):
            entries |= {f"{entry}_{number}": value for entry, value in vars(payee(number)).items()}
        entries["name_1"] = name
        with playing(DECIDED), translation.override("en"):
            answer = client.post(
                reverse("tips:report_claim"), entries, follow=True, HTTP_ACCEPT_LANGUAGE="en"
            )
        return answer.status_code, answer.content.decode()

    with held_up(monkeypatch, claim_reward, "_deliver") as inside, ThreadPoolExecutor(2) as pool:
        first = pool.submit(closing, lambda: claims("甲收款"))
        assert inside.wait(timeout=30)
        second = pool.submit(closing, lambda: claims("乙收款"))
        pages = [first.result(), second.result()]

    assert [status for status, _ in pages] == [200, 200]
    with translation.override("en"):
        assert [str(RewardNotOpen.text) in page for _, page in pages] == [False, True]
    reward.refresh_from_db()
    assert reward.claimed_at == DECIDED
    look = {"actor": people["finance"], "purpose": "payment", "work_item_id": uuid4(), "now": DECIDED}
    assert identity.open_payees(reward, **look)[1].name == "甲收款"
    assert WorkItem.objects.filter(run=reward.run, element_id="confirm_identity").count() == 1


def test_of_two_batches_over_the_same_payments_each_payment_is_in_one(people: dict[str, Account]) -> None:
    rewards: list[Reward] = [claimed(people) for _ in range(3)]
    for reward in rewards:
        work(people, reward, "identity_officer", "confirm_identity", ALL)
    together = Barrier(2)

    def draws(who: str, chosen: list[Reward]) -> tuple[list[PaymentBatch], list[tuple[str, str]]]:
        items = [open_item(reward.leading_run, "order_payment") for reward in chosen]
        together.wait(timeout=30)
        return make_batch(actor=people[who], items=items, key=who, now=DECIDED)

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(closing, lambda: draws("finance", rewards))
        two = pool.submit(closing, lambda: draws("finance_b", rewards[::-1]))
        answers = [one.result(), two.result()]

    lines = PaymentLine.objects.order_by("reward_id", "person").values_list("reward_id", "person")
    assert list(lines) == sorted((reward.pk, person) for reward in rewards for person in payees())
    for batch in PaymentBatch.objects.all():
        assert sorted(batch.lines.values_list("position", flat=True)) == list(
            range(1, batch.lines.count() + 1)
        )
    assert PaymentBatch.objects.count() == sum(len(batches) for batches, _ in answers)
    refused = [sentence for _, found in answers for _, sentence in found]
    assert len(refused) == len(rewards), "each reward was refused to one of both, with a sentence"
    assert all(sentence.strip() for sentence in refused)
