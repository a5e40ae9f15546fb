"""A run has a bounded size: what is finished leaves it, and what would grow without end is an error with a name."""

import pytest

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import Play
from tests.workflows.engine.test_engine_joins import three_ways_in_a_row
from tests.workflows.engine.test_engine_laps import rework
from workflows import engine
from workflows.engine import runner, runs
from workflows.engine.codec import restore


def depth(run: Play) -> int:
    """The longest way from a task of the stored run up to the first."""
    deepest = 0
    for task in restore(run.definition, run.step.state, run.host).open_tasks():
        steps, above = 0, task
        while above is not None:
            steps, above = steps + 1, above.parent
        deepest = max(deepest, steps)
    return deepest


def test_tree_of_a_run_is_as_deep_after_many_laps_as_after_one() -> None:
    run = Play(rework().xml())
    depths = []
    for _ in range(200):
        run.go("evidence_came").go("file_evidence").go("handle").go("approve", result="again")
        depths.append(depth(run))

    assert max(depths) <= 3


def test_tasks_of_parallel_blocks_are_linear_in_the_branches() -> None:
    run = Play(three_ways_in_a_row(9))
    counts = []
    while not run.step.ended:
        counts.append(len(restore(run.definition, run.step.state, run.host).tasks))
        run.go(run.waiting[0])

    assert max(counts) <= 1 + 3


def test_ended_run_keeps_next_to_nothing() -> None:
    run = Play(rework().xml(), data={"note": "x" * 500}).go("handle").go("approve", result="good")

    assert run.step.ended
    assert len(restore(run.definition, run.step.state, run.host).tasks) == 1
    assert len(run.step.state) < 200


def test_more_tokens_than_a_run_may_hold_are_an_error_with_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "TASKS_BEFORE_PRUNING", 10)
    monkeypatch.setattr(runs, "MOST_TASKS", 40)
    run = Play(rework().xml())

    with pytest.raises(engine.LimitReached, match=r"evidence_came: more than 40 tasks are open at once"):
        for _ in range(60):
            run.go("evidence_came")


def test_state_that_would_be_too_large_is_an_error_with_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "MOST_STATE_BYTES", 2_000)
    run = Play(rework().xml()).go("handle", note="x" * 1_500)
    before = run.step.state

    with pytest.raises(engine.LimitReached, match=r"handle: the run would take \d+ bytes; 2000 are possible"):
        run.go("approve", result="again", remark="y" * 1_500)
    assert run.step.state == before


def test_token_that_could_only_wait_for_ever_is_an_error_and_no_silence() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("ask"), drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", drawing.person("left"), "way == 'left'")
    drawing.flow("gate", drawing.person("right"), default=True)
    drawing.line("left", drawing.add("parallelGateway", "join"), drawing.end())
    drawing.line("right", "join")
    run = Play(drawing.xml()).go("ask", way="left")

    with pytest.raises(
        engine.StepFailed, match="join: the token here waits for another that can no longer come"
    ):
        run.go("left")
