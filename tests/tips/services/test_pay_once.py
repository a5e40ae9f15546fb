"""Two payers at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from casework.models import Account, LedgerEntry
from casework.task_pages import perform_task
from tests.tips.conftest import publish
from tests.tips.rewarding import DECIDED, PAID, PAYEE, a_paid_case, opened, to_bank, to_notice, work
from tests.tips.working import open_item, staff
from tips.models import Payout
from tips.services import pay_reward
from tips.services.claim_reward import claim_reward
from tips.words import Payee
from workflows.errors import Invalid, Refusal
from workflows.models import WorkItem

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def test_a_reward_is_paid_once_when_two_sessions_pay_at_the_same_time() -> None:
    publish()
    people = staff()
    payers = [people["finance"], people["finance_b"]]
    item = _at_bank(people)
    together = Barrier(2)

    def pay(number: int) -> str:
        try:
            together.wait(timeout=10)
            data = {**PAID, "voucher": f"V{number}"}
            perform_task(actor=payers[number], item=item, data=data, key=str(uuid4()), now=DECIDED)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "paid"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(pay, (0, 1)))

    assert answers.count("paid") == 1
    assert set(answers) <= {"paid", "already_done", "not_offered", "taken", "busy"}
    assert Payout.objects.count() == 1
    assert LedgerEntry.objects.filter(key=f"payout:{item.run.subject_id}").count() == 1


def _at_bank(people: dict[str, Account]) -> WorkItem:
    """The payer's work on a reward that the bank has to pay."""
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    to_notice(people, reward)
    claim_reward(reward, Payee(**PAYEE), key=str(uuid4()), now=DECIDED)
    work(people, reward, "identity_officer", "confirm_identity", {"identity": "confirmed"})
    to_bank(people, reward)
    return open_item(reward.run, "pay_reward")


def test_of_two_payments_with_one_voucher_at_the_same_time_one_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish()
    people = staff()
    items = [_at_bank(people) for _ in range(2)]
    payers = [people["finance"], people["finance_b"]]
    both_checked = Barrier(2)
    pay_now = pay_reward._pay

    def pay_together(*facts: Any) -> Payout:
        both_checked.wait(timeout=10)
        return pay_now(*facts)

    monkeypatch.setattr(pay_reward, "_pay", pay_together)

    def pay(number: int) -> Any:
        try:
            perform_task(actor=payers[number], item=items[number], data=PAID, key=str(uuid4()), now=DECIDED)
        except Invalid as refused:
            return refused.field
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(pay, (0, 1)))

    assert sorted(answers, key=str) == [None, "voucher"]
    assert Payout.objects.count() == 1
    assert LedgerEntry.objects.filter(key__startswith="payout:").count() == 1
