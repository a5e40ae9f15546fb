"""Two at the same moment, on real PostgreSQL: one wins, the other is told, nothing happens twice."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from casework.models import Account
from workflows.background.relay import fire_one, relay_one
from workflows.door.commands import command, deliver, matter_of
from workflows.door.joining import join_matter
from workflows.errors import AlreadyDone, Busy, Refusal, Repeated, TakenByAnother
from workflows.models import InboxEntry, Incident, JournalEntry, Message, OutboxEntry, Run, Timer

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]


@pytest.fixture
def bureau(transactional_db: None) -> Any:
    """A bureau that other connections can see."""
    from casework.models import Bureau

    return Bureau.objects.create(
        name="云河县医疗保障局",
        english_name="Yunhe",
        short_name="云河医保",
        level="county",
        region_code="999999",
    )


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; returns results or the exceptions raised."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def play(index: int, act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[index] = act()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=play, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_people_complete_one_task_and_one_is_told(person: Person, start: Start, moment: datetime) -> None:
    people = [person("one", "case_handler"), person("other", "case_handler")]
    item = start().work_items.get()

    def complete(actor: Account) -> str:
        with command(item, actor=actor, key=f"k{actor.pk}", now=moment) as step:
            step.complete()
        return "done"

    results = at_once(*[lambda a=a: complete(a) for a in people])

    assert results.count("done") == 1
    assert isinstance(next(r for r in results if r != "done"), AlreadyDone | TakenByAnother)
    assert JournalEntry.objects.filter(act="work_completed").count() == 1


def test_one_command_sent_twice_at_once_counts_once(person: Person, start: Start, moment: datetime) -> None:
    one = person("one", "case_handler")
    item = start().work_items.get()

    def complete() -> str:
        with command(item, actor=one, key="same", now=moment) as step:
            step.complete()
        return "done"

    results = at_once(complete, complete, complete)

    assert results.count("done") == 1
    assert all(isinstance(r, Repeated) for r in results if r != "done")


def test_one_person_in_two_linked_runs_at_once_gets_only_one_duty(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    from workflows.door.commands import start_run

    handler, both = person("handler", "case_handler"), person("both", "case_handler", "legal_reviewer")
    first = start()
    with matter_of(first, actor=None, key="link", now=moment) as act:
        second = start_run(
            act, "sample", subject=("other", 1), business_key="L-1", unit_id=first.unit_id, data={}
        )
    do(first, "draft", handler)
    items = [first.work_items.get(element_id="review"), second.work_items.get(element_id="draft")]

    def complete(item: Any) -> str:
        with command(item, actor=both, key=str(item.pk), now=moment) as step:
            step.complete(opinion="agree")
        return "done"

    results = at_once(*[lambda i=i: complete(i) for i in items])

    assert results.count("done") == 1
    assert isinstance(next(r for r in results if r != "done"), Refusal)


def test_two_workers_carry_out_one_effect_and_fire_one_timer_once(
    person: Person, start: Start, do: Do, moment: datetime, outside: list[str]
) -> None:
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    run = start()
    do(run, "draft", handler)
    do(run, "review", reviewer, opinion="agree")

    assert sorted(at_once(*[lambda: relay_one(moment)] * 4)) == [False, False, False, True]
    late = Timer.objects.get(run=run).due_at + timedelta(seconds=1)
    assert sorted(at_once(*[lambda: fire_one(late)] * 4)) == [False, False, False, True]

    assert len(outside) == 1
    assert JournalEntry.objects.filter(act="timer_fired").count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_an_answer_and_the_end_of_its_period_at_once_move_the_run_one_way(
    person: Person, start: Start, do: Do, moment: datetime, attempt: int
) -> None:
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    run = start(f"start{attempt}")
    do(run, "draft", handler)
    do(run, "review", reviewer, opinion="agree")
    relay_one(moment)
    late = Timer.objects.get(run=run).due_at + timedelta(seconds=1)

    results = at_once(
        lambda: deliver(run.pk, "answer", {}, key="m", now=late, agent="test"), lambda: fire_one(late)
    )

    assert not [result for result in results if isinstance(result, Exception)]
    acts = set(JournalEntry.objects.filter(run=run).values_list("act", flat=True))
    assert len(acts & {"message_received", "timer_fired"}) == 1
    run.refresh_from_db()
    assert run.status == Run.Status.ENDED and not Timer.objects.filter(run=run).exists()


def somebody_waits() -> bool:
    """Whether another connection waits for a lock that this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone() is not None


def while_it_joins(run: Run, other: Run, act: Callable[[], Any], now: datetime) -> Any:
    """What an act answers that waits for the root of a matter while that matter joins another one."""
    is_locked = threading.Event()

    def join() -> None:
        with matter_of(run, actor=None, key="join", now=now) as joining:
            is_locked.set()
            deadline = time.monotonic() + 10
            while not somebody_waits() and time.monotonic() < deadline:
                time.sleep(0.01)
            join_matter(joining, Run.objects.get(pk=run.pk), other)

    def wait() -> Any:
        is_locked.wait(10)
        return act()

    joined, answer = at_once(join, wait)
    assert joined is None
    return answer


def test_whoever_adds_to_a_matter_that_joined_another_meanwhile_tries_again(
    start: Start, moment: datetime
) -> None:
    run, other = start(), start("other")

    def add() -> str:
        with matter_of(run, actor=None, key="add", now=moment) as act:
            act.record("evidence_added", run=run)
        return "added"

    answer = while_it_joins(run, other, add, moment)
    assert isinstance(answer, Busy)
    assert not JournalEntry.objects.filter(act="evidence_added").exists()
    assert not InboxEntry.objects.filter(key="add").exists()

    run.refresh_from_db()
    assert add() == "added"
    assert JournalEntry.objects.get(act="evidence_added").family_id == other.family_id


def test_a_message_to_a_matter_that_joined_another_meanwhile_is_sent_again(
    start: Start, moment: datetime
) -> None:
    run, other = start(), start("other")

    def send() -> None:
        deliver(run.pk, "answer", {}, key="m", now=moment, agent="test")

    assert isinstance(while_it_joins(run, other, send, moment), Busy)
    assert not Message.objects.exists()

    send()
    assert Message.objects.get().run_id == run.pk


def test_the_relay_puts_off_what_meets_a_joining_and_calls_it_no_failure(
    start: Start, moment: datetime
) -> None:
    run, other = start(), start("other")
    OutboxEntry.objects.create(
        key="m",
        operation="workflows.deliver",
        payload={"run": str(run.pk), "message": "answer", "data": {}},
        next_try_at=moment,
        created_at=moment,
    )

    assert while_it_joins(run, other, lambda: relay_one(moment), moment) is True
    put_off = OutboxEntry.objects.get(key="m")
    assert (put_off.done_at, put_off.attempt_count) == (None, 1)
    assert not Incident.objects.exists()

    assert relay_one(put_off.next_try_at)
    assert Message.objects.get().run_id == run.pk
