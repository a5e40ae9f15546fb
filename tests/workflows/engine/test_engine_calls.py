"""Multi-instance call activities in the engine: one wait whatever their number, answered with a list."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import NOW, Play, TestHost
from tests.workflows.engine.oracle_scopes import Many
from tests.workflows.engine.random_models import instances_xml
from workflows import engine
from workflows.engine.calls import MOST_CALLS

EACH = Many(False, "shops", item="shop", result="loss", results="losses", until=("verdict", "bad"))
IN_TURN = Many(True, "shops", item="shop", result="loss", results="losses")
COUNTED = Many(False, 3, item="number", result="loss", results="losses")


def inspections(many: Many) -> dict[str, bytes]:
    """Each shop is inspected by a run of its own; then somebody decides. A message may stop it all."""
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("callActivity", "each", instances_xml(many), calledElement="c"))
    drawing.line("each", drawing.person("decide"), drawing.end())
    drawing.boundary("stopped", "each", message="stop")
    drawing.line("stopped", drawing.end("stopped_end"))
    called = Drawing("c", attributes='fundguard:variables="verdict"')
    called.line(called.start("begin"), called.person("inspect"), called.end("inspected"))
    return {"p.bpmn": drawing.xml(), "c.bpmn": called.xml()}


def play(many: Many, **data: Any) -> Play:
    return Play(inspections(many), data=data)


def wanted(run: Play) -> engine.Children:
    children = run.wait("each").children
    assert children is not None
    return children


def test_the_caller_waits_once_and_says_what_its_children_begin_with() -> None:
    run = play(EACH, shops=["a", "b"], case_id=7)

    assert run.waiting == ["each", "stopped"]
    assert wanted(run) == engine.Children("c", False, ("a", "b"), "shop", {"case_id": 7}, ("loss", "verdict"))


def test_children_in_turn_and_counted_children() -> None:
    assert wanted(play(IN_TURN, shops=["a"])).is_sequential
    assert wanted(play(COUNTED)).items == (0, 1, 2)


def test_the_wait_is_answered_with_the_results() -> None:
    run = play(EACH, shops=["a", "b"], case_id=7)
    outcomes = [{"loss": Decimal("1.50")}, {}]
    run.go("each", **engine.results_of(run.definition, "each", outcomes))

    assert "each" in run.seen
    assert run.wait("decide").data == {"shops": ["a", "b"], "case_id": 7, "losses": [Decimal("1.50"), None]}


def test_a_list_without_items_is_passed_at_once() -> None:
    run = play(EACH, shops=[])

    assert "each" in run.seen
    assert run.wait("decide").data["losses"] == []


def test_an_interrupting_event_takes_the_wait_away() -> None:
    assert play(EACH, shops=["a"]).go("stopped").step.ended


def test_the_condition_of_completion_sees_the_last_outcome_and_the_counts() -> None:
    run = play(EACH, shops=["a", "b"])
    by_count = play(Many(False, 9, until=2))

    def enough(run: Play, done: int, **outcome: Any) -> bool:
        return engine.has_enough(run.definition, "each", outcome, count=2, done=done)

    assert enough(run, 1, verdict="bad") and not enough(run, 1, verdict="good")
    assert enough(by_count, 2) and not enough(by_count, 1)
    with pytest.raises(engine.StepFailed, match="each"):
        enough(run, 1)


def test_a_child_run_is_one_of_the_called_process() -> None:
    run = play(EACH, shops=["a"])
    host = TestHost()
    data = {**wanted(run).data, "shop": "a", "on": date(2026, 3, 2)}
    child = engine.start(run.definition, data=data, now=NOW, host=host, process_id="c")

    [wait] = child.waits
    assert (wait.element_id, wait.data) == (
        "inspect",
        {"shop": "a", "on": date(2026, 3, 2), "verdict": None},
    )
    assert engine.waits(run.definition, child.state, host=host) == child.waits
    child = engine.resume(run.definition, child.state, wait.task_id, {"loss": 5}, now=NOW, host=host)
    assert child.ended
    assert child.data["loss"] == 5


def test_the_state_of_the_caller_holds_nothing_for_an_instance() -> None:
    sizes = {count: len(play(Many(False, count, results="rs", result="r")).step.state) for count in (5, 5000)}

    assert sizes[5] == sizes[5000]


def test_of_the_lists_nothing_is_handed_to_the_children() -> None:
    run = play(EACH, shops=list("abc"), losses=[1] * 50)

    assert wanted(run).data == {}


def test_more_children_than_possible_are_an_error_with_a_name() -> None:
    with pytest.raises(engine.LimitReached, match=rf"each: {MOST_CALLS + 1} instances; at most {MOST_CALLS}"):
        play(EACH, shops=[0] * (MOST_CALLS + 1))


def test_what_is_no_list_fails_with_the_name_of_the_variable() -> None:
    with pytest.raises(engine.StepFailed, match="each: the variable shops is not a list"):
        play(EACH, shops="a")


def test_values_that_json_lacks_come_back_as_they_were() -> None:
    values = {"amount": Decimal("1.50"), "at": NOW, "on": [date(2026, 3, 2)]}

    assert engine.from_json_values(engine.as_json_values(values)) == values
