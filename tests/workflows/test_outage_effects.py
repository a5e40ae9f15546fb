"""A database that goes away in the middle of a step blames nobody: no incident, no attempt, no withdrawn approval."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError, connection
from psycopg import errors

from casework.models import Account
from workflows.background.relay import relay_one
from workflows.background.timers import fire_batch
from workflows.incidents.detector import watch
from workflows.incidents.requests import ask
from workflows.models import Incident, IncidentRequest, OutboxEntry, Run, Timer

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]
MOVES_A_RUN = r'UPDATE "?workflows_run"?\s'


@contextmanager
def going_away(at: str) -> Iterator[None]:
    """A server that stops when a statement comes which holds these words."""

    def answer(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if re.search(at, sql):
            raise OperationalError("terminating connection") from errors.AdminShutdown()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(answer), pytest.raises(OperationalError):
        yield


@pytest.fixture
def reviewed(person: Person, start: Start, do: Do) -> Run:
    """A run whose effect is due."""
    run = start()
    do(run, "draft", person("handler", "case_handler"))
    do(run, "review", person("reviewer", "legal_reviewer"), opinion="agree")
    return run


def test_a_persons_step_leaves_no_incident(person: Person, start: Start, do: Do) -> None:
    run, handler = start(), person("handler", "case_handler")

    with going_away(MOVES_A_RUN):
        do(run, "draft", handler)

    assert not Incident.objects.exists()


def test_an_effect_is_neither_counted_as_an_attempt_nor_put_off(reviewed: Run, moment: datetime) -> None:
    before = OutboxEntry.objects.get()

    with going_away(MOVES_A_RUN):
        relay_one(moment)

    after = OutboxEntry.objects.get()
    assert (after.attempt_count, after.done_at, after.next_try_at) == (0, None, before.next_try_at)
    assert not Incident.objects.exists()


def test_a_timer_is_neither_counted_as_an_attempt_nor_put_off(reviewed: Run, moment: datetime) -> None:
    assert relay_one(moment)
    timer = Timer.objects.get()

    with going_away(MOVES_A_RUN):
        fire_batch(timer.due_at.replace(year=timer.due_at.year + 1))

    assert Timer.objects.get().attempt_count == 0
    assert not Incident.objects.exists()


def test_an_approved_skip_stays_approved_and_is_carried_out_later(
    reviewed: Run, person: Person, moment: datetime, failing: list[Exception]
) -> None:
    failing.append(ValueError())
    assert relay_one(moment)
    asker, other = person("asker", "operator"), person("other", "operator")
    request = ask(
        [Incident.objects.get()],
        "skip",
        reason="收信人已经注销，通知无法送达。",
        actor=asker,
        key="skip",
        now=moment,
    )
    IncidentRequest.objects.filter(pk=request.pk).update(
        decided_by=other, decided_at=moment, is_approved=True
    )

    with going_away('UPDATE "workflows_incident" SET "resolved_at"'):
        watch(moment)
    watch(moment)

    assert Incident.objects.get().resolution == Incident.Resolution.SKIPPED
