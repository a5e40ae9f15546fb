"""What the drawing of a run says: tokens, laps from the journal, failed steps at their element."""

from collections.abc import Callable
from datetime import datetime, timedelta

from casework.models import Account
from tests.workflows.migrating.test_migrating import RENAMED, publish
from workflows.background.relay import drain, relay_one
from workflows.by_hand.suspension import suspend_run
from workflows.door.commands import deliver
from workflows.drawing import places_of, standing_of
from workflows.migrating import batch
from workflows.models import OutboxEntry, Run

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]


def laps(run: Run) -> dict[str, tuple[int, int]]:
    """Tokens and passages by element."""
    return {key: (one.token_count, one.passed_count) for key, one in places_of(run).items()}


def reviewed_at_the_third_go(person: Person, start: Start, do: Do) -> Run:
    """A run whose draft was sent back twice."""
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    run = start()
    for number, opinion in enumerate(("change", "change", "agree")):
        do(run, "draft", handler, key=f"d{run.pk}{number}")
        do(run, "review", reviewer, key=f"r{run.pk}{number}", opinion=opinion)
    return run


def test_laps_are_counted_that_the_state_has_forgotten(person: Person, start: Start, do: Do) -> None:
    run = reviewed_at_the_third_go(person, start, do)

    assert laps(run) == {"draft": (0, 3), "review": (0, 3), "tell": (1, 0)}
    assert standing_of(run) == (("effect", "tell"),)


def test_effects_messages_and_timers_count_as_well_and_a_border_event_holds_no_token(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    answered, late = (
        reviewed_at_the_third_go(person, start, do) for person in (_other(person, 1), _other(person, 2))
    )
    drain(moment)
    places = places_of(answered)
    assert (places["await_answer"].token_count, places["answer_late"].token_count) == (1, 0)
    assert places["answer_late"].is_armed and places["tell"].passed_count == 1

    deliver(answered.pk, "answer", {}, key="m", now=moment, agent="test")
    assert drain(moment + timedelta(days=30)) == 1

    assert laps(answered)["await_answer"] == (0, 1)
    assert laps(late)["answer_late"] == (0, 1)
    assert not standing_of(late)


def test_a_failed_effect_stands_at_its_element(
    person: Person, start: Start, do: Do, moment: datetime, failing: list[Exception]
) -> None:
    run = reviewed_at_the_third_go(person, start, do)
    failing.append(ValueError())
    assert relay_one(moment)

    [incident] = places_of(run)["tell"].incidents
    assert incident.element_id == "tell"


def test_rows_from_before_find_their_element_by_their_operation(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    run = reviewed_at_the_third_go(person, start, do)
    OutboxEntry.objects.update(element_id="")

    assert laps(run)["tell"] == (1, 0)
    assert relay_one(moment)
    assert laps(run)["tell"] == (0, 1)


def test_a_suspended_run_keeps_its_tokens(person: Person, start: Start, moment: datetime) -> None:
    run = start()
    suspend_run(run, reason="等待裁判", actor=person("boss"), key="s", now=moment)

    assert laps(run) == {"draft": (1, 0)}


def test_laps_follow_an_element_to_its_new_name(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    run = start()
    do(run, "draft", handler)
    do(run, "review", reviewer, opinion="change")
    new = publish(RENAMED, moment)
    plan = batch.plan(run.definition, new, {"draft": "write"}, reason="新表述", by=None, now=moment)
    assert batch.migrate_all(plan, actor=None, now=moment, say=lambda number, of: None).done == 1

    assert laps(Run.objects.get(pk=run.pk))["write"] == (1, 1)


def _other(person: Person, number: int) -> Person:
    return lambda name, *lanes: person(f"{name}{number}", *lanes)
