"""A run that waits for nobody and nothing is found, told of, and can be given its waits back."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection

from casework.models import Account
from workflows.background.relay import relay_one
from workflows.incidents.detector import watch
from workflows.incidents.requests import ask, decide
from workflows.incidents.waiting import stalled_runs
from workflows.models import Incident, JournalEntry, OutboxEntry, Run, Timer, WorkItem

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]


def sql(statement: str, *values: object) -> None:
    """Break rows as no command of the product would."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def retried(person: Person, moment: datetime) -> list[str]:
    """One asks for a retry of everything, another allows it; returns what was refused."""
    asker, other = person("asker", "operator"), person("other", "operator")
    reason = "服务已经修复，请重新执行。"
    request = ask(Incident.objects.all(), "retry", reason=reason, actor=asker, key=uuid4().hex, now=moment)
    return decide(request, approve=True, actor=other, key=uuid4().hex, now=moment)


def listening(person: Person, start: Start, do: Do, moment: datetime) -> Run:
    """A run that waits for an answer and a timer."""
    run = effect_wanted(person, start, do)
    assert relay_one(moment)
    return run


def effect_wanted(person: Person, start: Start, do: Do) -> Run:
    """A run that waits for its effect."""
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    run = start()
    do(run, "draft", handler)
    do(run, "review", reviewer, opinion="agree")
    return run


def test_sound_runs_are_left_in_peace_whatever_they_wait_for(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    start()
    assert watch(moment) == 0
    effect_wanted(person, start, do)
    assert watch(moment) == 0
    assert relay_one(moment)
    assert watch(moment) == 0
    assert not Incident.objects.exists()


def test_a_run_that_lost_one_of_several_waits_is_found_and_gets_it_back(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    run = listening(person, start, do, moment)
    sql("DELETE FROM workflows_subscription WHERE run_id = %s", run.pk)
    assert Timer.objects.filter(run=run).exists()

    assert [watch(moment), watch(moment)] == [1, 0]

    assert retried(person, moment) == []
    assert run.subscriptions.get().message == "answer"
    assert not stalled_runs().exists()


def test_a_lost_wait_that_comes_back_ends_the_incident_while_another_is_there(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    run = listening(person, start, do, moment)
    sql("UPDATE workflows_subscription SET run_id = %s WHERE run_id = %s", start("other").pk, run.pk)
    assert watch(moment) == 1

    sql("UPDATE workflows_subscription SET run_id = %s", run.pk)
    watch(moment)

    assert Incident.objects.get().resolution == Incident.Resolution.SUCCEEDED


def test_a_run_of_before_the_waits_were_counted_is_judged_by_having_one(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    run = listening(person, start, do, moment)
    Run.objects.update(wait_count=None)
    sql("DELETE FROM workflows_subscription WHERE run_id = %s", run.pk)
    assert watch(moment) == 0

    sql("DELETE FROM workflows_timer WHERE run_id = %s", run.pk)
    assert watch(moment) == 1


@pytest.mark.parametrize(
    "break_it",
    [
        "DELETE FROM workflows_workitem WHERE run_id = %s",
        "UPDATE workflows_workitem SET status = 'cancelled' WHERE run_id = %s",
    ],
)
def test_a_run_whose_work_is_lost_is_found_once_and_mended_by_a_retry(
    start: Start, moment: datetime, break_it: str, person: Person
) -> None:
    run = start()
    sql(break_it, run.pk)

    assert [watch(moment), watch(moment)] == [1, 0]

    incident = Incident.objects.get()
    assert (incident.kind, incident.run_id, incident.remedy) == ("stalled", run.pk, "stalled")
    assert run.clocks.filter(ended_at=None).exists(), "a clock alone moves nothing"

    assert retried(person, moment) == []

    assert run.work_items.get(status=WorkItem.Status.OPEN).element_id == "draft"
    incident.refresh_from_db()
    assert incident.resolution == Incident.Resolution.SUCCEEDED
    assert JournalEntry.objects.filter(act="waits_restored", run=run).exists()
    assert not stalled_runs().exists()


def test_a_run_that_lost_timer_and_message_gets_both_back(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    run = listening(person, start, do, moment)
    due = Timer.objects.get(run=run).due_at
    sql("DELETE FROM workflows_timer WHERE run_id = %s", run.pk)
    sql("DELETE FROM workflows_subscription WHERE run_id = %s", run.pk)
    assert watch(moment) == 1

    assert retried(person, moment) == []

    assert Timer.objects.get(run=run).due_at == due
    assert run.subscriptions.get().message == "answer"


def test_an_effect_lost_by_hand_runs_again_with_its_old_key(
    person: Person, start: Start, do: Do, moment: datetime, outside: list[str]
) -> None:
    run = effect_wanted(person, start, do)
    key = OutboxEntry.objects.get().key
    sql("UPDATE workflows_outboxentry SET done_at = now() WHERE run_id = %s", run.pk)
    assert watch(moment) == 1

    assert retried(person, moment) == []

    assert relay_one(moment)
    assert outside == [key]


def test_a_run_whose_state_names_no_wait_cannot_be_mended_and_stays_an_incident(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    run = listening(person, start, do, moment)
    sql("DELETE FROM workflows_subscription WHERE run_id = %s", run.pk)
    sql("UPDATE workflows_timer SET skipped_at = now() WHERE run_id = %s", run.pk)
    assert watch(moment) == 1
    Run.objects.filter(pk=run.pk).update(status=Run.Status.CANCELLED, ended_at=moment)

    [refused] = retried(person, moment)

    assert refused.startswith(f"{run.business_key}: ")
    left = Incident.objects.get()
    assert (left.resolved_at, left.request) == (None, None)


def test_waits_that_come_back_end_the_incident(start: Start, moment: datetime) -> None:
    run = start()
    sql("UPDATE workflows_workitem SET status = 'cancelled' WHERE run_id = %s", run.pk)
    watch(moment)
    sql("UPDATE workflows_workitem SET status = 'open' WHERE run_id = %s", run.pk)

    watch(moment)

    assert Incident.objects.get().resolution == Incident.Resolution.SUCCEEDED
