"""Long lives: a thousand laps cost what the first lap costs, and nothing stalls."""

import pytest

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import NOW, Play, TestHost
from workflows import engine
from workflows.engine.codec import restore
from workflows.engine.runs import MOST_MOVES


def rework() -> Drawing:
    """Handle, approve, and back to handling; a message that does not interrupt may come each time."""
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("handle"), drawing.person("approve"))
    drawing.line("approve", drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", "handle", "result == 'again'")
    drawing.flow("gate", drawing.end(), default=True)
    drawing.boundary("evidence_came", "handle", message="evidence", interrupting=False)
    drawing.line("evidence_came", drawing.person("file_evidence"), drawing.end("filed"))
    return drawing


def test_thousand_laps_neither_stall_nor_grow() -> None:
    run = Play(rework().xml())
    sizes = []
    for _ in range(1000):
        run.go("evidence_came").go("file_evidence").go("handle").go("approve", result="again")
        sizes.append(len(run.step.state))

    assert run.waiting == ["evidence_came", "handle"]
    assert sizes[-1] <= sizes[2] + 40
    assert run.go("handle").go("approve", result="good").step.ended


def test_tasks_of_a_run_do_not_depend_on_the_laps() -> None:
    run = Play(rework().xml())
    counts = []
    for _ in range(30):
        run.go("handle").go("approve", result="again")
        counts.append(len(restore(run.definition, run.step.state, run.host).tasks))

    assert len(set(counts)) == 1


def test_model_that_runs_in_circles_without_a_wait_is_given_up() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("exclusiveGateway", "entry"))
    drawing.line("entry", drawing.add("serviceTask", "count", fg_operation="test.count"))
    drawing.line("count", drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", "entry", "again == 'yes'")
    drawing.flow("gate", drawing.end(), default=True)

    with pytest.raises(engine.StepFailed, match=f"no wait within {MOST_MOVES} moves"):
        Play(drawing.xml(), data={"again": "yes"}, operations={"test.count": "compute"})


def test_long_loop_inside_one_step_ends_well() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("exclusiveGateway", "entry"))
    drawing.line("entry", drawing.add("serviceTask", "count", fg_operation="count"))
    drawing.line("count", drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", "entry", "laps < 1500")
    drawing.flow("gate", drawing.end(), default=True)
    host = TestHost(count=lambda data: {"laps": data["laps"] + 1})
    run = Play(drawing.xml(), data={"laps": 0}, operations={"count": "compute"}, host=host)

    assert run.step.ended
    assert run.step.data == {"laps": 1500}


def test_cancelled_run_waits_for_nothing() -> None:
    run = Play(rework().xml())
    step = engine.cancel(run.definition, run.step.state, now=NOW, host=run.host)

    assert step.ended
    assert step.waits == ()
    with pytest.raises(engine.WaitGone):
        engine.resume(run.definition, step.state, run.wait("handle").task_id, {}, now=NOW, host=run.host)
