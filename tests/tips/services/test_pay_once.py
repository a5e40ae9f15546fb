"""Two payers at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from casework.models import LedgerEntry
from casework.task_pages import perform_task
from tests.tips.conftest import publish
from tests.tips.rewarding import DECIDED, PAID, PAYEE, a_paid_case, opened, to_bank, to_notice, work
from tests.tips.working import open_item, staff
from tips.models import Payout
from tips.services.claim_reward import claim_reward
from tips.words import Payee
from workflows.errors import Refusal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def test_a_reward_is_paid_once_when_two_sessions_pay_at_the_same_time() -> None:
    publish()
    people = staff()
    payers = [people["finance"], people["finance_b"]]
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    to_notice(people, reward)
    claim_reward(reward, Payee(**PAYEE), key="k", now=DECIDED)
    work(people, reward, "identity_officer", "confirm_identity", {"identity": "confirmed"})
    to_bank(people, reward)
    item = open_item(reward.run, "pay_reward")
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
    assert LedgerEntry.objects.filter(key=f"payout:{reward.pk}").count() == 1
