"""Moving a token, skipping a step, cancelling a run: by two people, with a reason, or not at all."""

from collections.abc import Callable
from datetime import datetime

import pytest

from casework.models import Account
from workflows.background.relay import drain
from workflows.by_hand.interventions import Wish, ask_to_intervene, decide_intervention
from workflows.errors import AlreadyDecided, CannotIntervene, NotRunning, ReasonMissing, SecondPersonNeeded
from workflows.incidents.waiting import stalled_runs
from workflows.models import Clock, Intervention, JournalEntry, OutboxEntry, Run, Timer

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]
REASON = "收到上级指令，退回起草环节重新办理"


def open_elements(run: Run) -> list[str]:
    """Elements with open work."""
    return sorted(run.work_items.filter(status="open").values_list("element_id", flat=True))


def ask(run: Run, wish: Wish, actor: Account, moment: datetime, *, key: str = "ask") -> Intervention:
    """Ask with a good reason."""
    return ask_to_intervene(run, wish, reason=REASON, actor=actor, key=key, now=moment)


def move_back(run: Run) -> Wish:
    """The token of the review back to the draft."""
    item = run.work_items.get(element_id="review", status="open")
    return Wish("move", item.task_id, item.element_id, "draft")


def test_a_token_is_moved_when_a_second_person_agrees(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    handler, one, two = person("handler", "case_handler"), person("one"), person("two")
    run = start()
    do(run, "draft", handler)

    wished = ask(run, move_back(run), one, moment)
    assert open_elements(run) == ["review"]
    decide_intervention(wished, approve=True, actor=two, key="d", now=moment)

    assert open_elements(run) == ["draft"]
    do(run, "draft", handler, key="again")
    assert open_elements(run) == ["review"]
    acts = JournalEntry.objects.filter(run=run, act__startswith="intervention").order_by("id")
    assert [(entry.act, entry.actor) for entry in acts] == [
        ("intervention_asked", one),
        ("intervention_approved", two),
    ]


def test_a_token_is_moved_into_an_activity_with_its_boundary_events(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    handler, one, two = person("handler", "case_handler"), person("one"), person("two")
    run = start()
    do(run, "draft", handler)
    item = run.work_items.get(element_id="review")

    wished = ask(run, Wish("move", item.task_id, "review", "await_answer"), one, moment)
    decide_intervention(wished, approve=True, actor=two, key="d", now=moment)

    assert open_elements(run) == []
    assert run.subscriptions.get().message == "answer"
    assert Timer.objects.get(run=run).element_id == "answer_late"


def test_nobody_decides_on_what_they_asked_for(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    handler, one, two = person("handler", "case_handler"), person("one"), person("two")
    run = start()
    do(run, "draft", handler)
    wished = ask(run, move_back(run), one, moment)

    with pytest.raises(SecondPersonNeeded):
        decide_intervention(wished, approve=True, actor=one, key="d1", now=moment)
    decide_intervention(wished, approve=False, actor=two, key="d2", now=moment)
    with pytest.raises(AlreadyDecided):
        decide_intervention(wished, approve=True, actor=two, key="d3", now=moment)

    assert open_elements(run) == ["review"]


@pytest.mark.parametrize("target", ["agreed", "answer_late", "unknown"])
def test_a_move_that_the_model_does_not_allow_is_refused_when_it_is_asked_for(
    person: Person, start: Start, do: Do, moment: datetime, target: str
) -> None:
    handler, one = person("handler", "case_handler"), person("one")
    run = start()
    do(run, "draft", handler)
    item = run.work_items.get(element_id="review")

    with pytest.raises(CannotIntervene):
        ask(run, Wish("move", item.task_id, "review", target), one, moment)

    assert not Intervention.objects.exists()


def test_trying_a_move_leaves_nothing_behind(person: Person, start: Start, do: Do, moment: datetime) -> None:
    handler, one = person("handler", "case_handler"), person("one")
    run = start()
    do(run, "draft", handler)
    state = bytes(Run.objects.get(pk=run.pk).state)
    item = run.work_items.get(element_id="review")

    ask(run, Wish("move", item.task_id, "review", "await_answer"), one, moment)

    assert bytes(Run.objects.get(pk=run.pk).state) == state
    assert not Clock.objects.filter(run=run, rule_key="statement_period").exists()


def test_a_skipped_step_counts_as_answered_with_the_given_outcome(
    person: Person, start: Start, do: Do, moment: datetime, outside: list[str]
) -> None:
    handler, one, two = person("handler", "case_handler"), person("one"), person("two")
    run = start()
    do(run, "draft", handler)
    item = run.work_items.get(element_id="review")

    wished = ask(run, Wish("skip", item.task_id, "review", outcome={"opinion": "agree"}), one, moment)
    decide_intervention(wished, approve=True, actor=two, key="d", now=moment)
    drain(moment)

    item.refresh_from_db()
    assert item.status == "cancelled" and item.completed_by is None
    assert len(outside) == 1 and run.subscriptions.exists()


def test_a_cancelled_run_leaves_no_work_no_timer_no_effect(
    person: Person, start: Start, do: Do, moment: datetime, outside: list[str]
) -> None:
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    one, two = person("one"), person("two")
    run = start()
    do(run, "draft", handler)
    do(run, "review", reviewer, opinion="agree")

    wished = ask(run, Wish("cancel"), one, moment)
    decide_intervention(wished, approve=True, actor=two, key="d", now=moment)

    run.refresh_from_db()
    assert (run.status, run.ended_at) == (Run.Status.CANCELLED, moment)
    assert drain(moment) == 0 and outside == []
    assert not OutboxEntry.objects.filter(run=run, done_at=None).exists()
    assert not Clock.objects.filter(run=run, ended_at=None).exists()
    assert not stalled_runs().exists()
    with pytest.raises(NotRunning):
        ask(run, Wish("cancel"), one, moment, key="again")


def test_one_intervention_at_a_time_and_each_with_a_reason(
    person: Person, start: Start, moment: datetime
) -> None:
    one, run = person("one"), start()
    with pytest.raises(ReasonMissing):
        ask_to_intervene(run, Wish("cancel"), reason="算了", actor=one, key="a0", now=moment)
    ask(run, Wish("cancel"), one, moment, key="a1")
    with pytest.raises(CannotIntervene):
        ask(run, Wish("cancel"), one, moment, key="a2")
