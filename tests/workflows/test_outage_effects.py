"""A database that goes away in the middle of a step blames nobody: no incident, no attempt, no withdrawn approval."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import OperationalError, connection

from casework.models import Account
from workflows.background.relay import relay_one
from workflows.background.timers import fire_batch
from workflows.incidents.detector import watch
from workflows.incidents.requests import ask
from workflows.models import Incident, IncidentRequest, OutboxEntry, Run, Timer

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]

GOES_AWAY = """
CREATE OR REPLACE FUNCTION pg_temp.goes_away() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'terminating connection' USING ERRCODE = '57P01'; END $$;
CREATE TRIGGER goes_away BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION pg_temp.goes_away();
"""


def goes_away(table: str, when: str = "true") -> None:
    """Let the server say that it stops at the next change of a row; the test's rollback takes it back."""
    with connection.cursor() as cursor:
        cursor.execute(GOES_AWAY.format(table=table, when=when))


@pytest.fixture
def reviewed(person: Person, start: Start, do: Do) -> Run:
    """A run whose effect is due."""
    run = start()
    do(run, "draft", person("handler", "case_handler"))
    do(run, "review", person("reviewer", "legal_reviewer"), opinion="agree")
    return run


def test_a_persons_step_leaves_no_incident(person: Person, start: Start, do: Do) -> None:
    run, handler = start(), person("handler", "case_handler")
    goes_away("workflows_run")

    with pytest.raises(OperationalError):
        do(run, "draft", handler)

    assert not Incident.objects.exists()


def test_an_effect_is_neither_counted_as_an_attempt_nor_put_off(reviewed: Run, moment: datetime) -> None:
    before = OutboxEntry.objects.get()
    goes_away("workflows_run")

    with pytest.raises(OperationalError):
        relay_one(moment)

    after = OutboxEntry.objects.get()
    assert (after.attempt_count, after.done_at, after.next_try_at) == (0, None, before.next_try_at)
    assert not Incident.objects.exists()


def test_a_timer_is_neither_counted_as_an_attempt_nor_put_off(reviewed: Run, moment: datetime) -> None:
    assert relay_one(moment)
    timer = Timer.objects.get()
    goes_away("workflows_run")

    with pytest.raises(OperationalError):
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
        [Incident.objects.get()], "skip", reason="收信人已经注销，通知无法送达。", actor=asker, now=moment
    )
    IncidentRequest.objects.filter(pk=request.pk).update(
        decided_by=other, decided_at=moment, is_approved=True
    )
    goes_away("workflows_incident", when="NEW.resolved_at IS NOT NULL")

    with pytest.raises(OperationalError):
        watch(moment)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER goes_away ON workflows_incident")
    watch(moment)

    assert Incident.objects.get().resolution == Incident.Resolution.SKIPPED
