"""An outcome is confirmed while a payment is ordered: one of both waits, and the right amount is ordered."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from casework.models import Account
from casework.task_pages import perform_task
from tests.tips.conftest import publish
from tests.tips.outcomes import LATER, a_reward, decided, entered
from tests.tips.rewarding import to_confirmed, to_notice, work
from tests.tips.working import open_item, staff
from tips.errors import PaymentUnderWay
from tips.models import CaseOutcome, PaymentLine, Reward
from tips.services import decide_outcome, order_payment
from workflows.errors import Refusal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
WAITS_FOR_ME = (
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
)


@pytest.fixture
def people() -> dict[str, Account]:
    publish()
    return staff()


@pytest.fixture
def reward(people: dict[str, Account]) -> Reward:
    reward = a_reward(people)
    to_notice(people, reward)
    to_confirmed(people, reward)
    return reward


def orders(people: dict[str, Account], reward: Reward) -> str:
    item = open_item(reward.leading_run, "order_payment")
    perform_task(actor=people["finance"], item=item, data={}, key=str(uuid4()), now=LATER)
    return "ordered"


def test_an_order_that_comes_while_an_outcome_is_confirmed_waits_and_takes_the_new_amount(
    people: dict[str, Account], reward: Reward, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = entered(people, reward, "100000.00")
    with held_up(monkeypatch, decide_outcome, "recalculate_rewards") as inside, ThreadPoolExecutor(2) as pool:
        first = pool.submit(closing, lambda: decided(people, reward, outcome) and "confirmed")
        assert inside.wait(timeout=10)
        second = pool.submit(closing, lambda: orders(people, reward))

        assert (first.result(), second.result()) == ("confirmed", "ordered")

    assert str(PaymentLine.objects.get().amount) == "2000.00"


def test_an_outcome_that_comes_while_a_payment_is_ordered_waits_and_is_confirmed_after_the_order_went_back(
    people: dict[str, Account], reward: Reward, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held_up(monkeypatch, order_payment, "_new_batch") as inside, ThreadPoolExecutor(2) as pool:
        first = pool.submit(closing, lambda: orders(people, reward))
        assert inside.wait(timeout=10)
        second = pool.submit(closing, lambda: entered(people, reward, "100000.00") and "entered")

        assert (first.result(), second.result()) == ("ordered", "entered")

    outcome = CaseOutcome.objects.get()
    with pytest.raises(PaymentUnderWay):
        decided(people, reward, outcome)
    back = {"release": "send_back", "reasons": "金额复核"}
    work(people, reward, "finance_b", "release_payment", back)
    decided(people, reward, outcome)
    assert orders(people, reward) == "ordered"
    assert [str(line.amount) for line in PaymentLine.objects.order_by("id")] == ["5750.00", "2000.00"]


@contextmanager
def held_up(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Iterator[Event]:
    """Let a step of a use case go on only when another connection waits for a lock."""
    inside, step = Event(), getattr(module, name)

    def wait_for_the_other(*facts: Any) -> Any:
        inside.set()
        with connection.cursor() as cursor:
            for _ in range(100_000):
                cursor.execute(WAITS_FOR_ME)
                if cursor.fetchone()[0]:
                    break
            else:
                raise AssertionError("nobody waited")
        return step(*facts)

    with monkeypatch.context() as patched:
        patched.setattr(module, name, wait_for_the_other)
        yield inside


def closing(use_case: Callable[[], Any]) -> str:
    """Do it on a connection of its own."""
    try:
        return str(use_case())
    except Refusal as refusal:
        return refusal.code
    finally:
        connection.close()
