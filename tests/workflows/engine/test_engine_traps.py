"""The traps of SpiffWorkflow that the engine goes around; where one is gone, so may be its cure.

The early join and the exponential prediction are in test_engine_joins.py, the silent stop at a depth of 1,000 and what
the library is made of in test_engine_library.py.
"""

import inspect
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.node_parser import NodeParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.control import BpmnStartTask, _EndJoin
from SpiffWorkflow.bpmn.specs.event_definitions import timer
from SpiffWorkflow.util.task import TaskState

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import Play, TestHost
from tests.workflows.engine.stock import Stock
from tests.workflows.engine.test_engine_instances import REVIEWERS, review
from tests.workflows.engine.test_engine_joins import branches_with_data
from tests.workflows.engine.test_engine_laps import rework
from workflows import engine
from workflows.engine.codec import restore
from workflows.engine.joins import EndJoin
from workflows.engine.script_engine import ENGINE
from workflows.engine.tasks import RunTask


def parsed(content: bytes) -> Any:
    """A process as the library's parser leaves it."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(content), "p.bpmn")
    return parser.get_spec("p")


def test_parsed_instances_still_lack_their_listener() -> None:
    spec = parsed(review(REVIEWERS).xml())
    around, child = spec.task_specs["review"], spec.task_specs["review [child]"]
    restored = BpmnWorkflowSerializer().registry.restore(BpmnWorkflowSerializer().registry.convert(spec))

    assert not child.completed_event.is_connected(around.merge_child)
    assert restored.task_specs["review [child]"].completed_event.n_subscribers() == 1


def test_event_sub_processes_still_change_the_shared_spec() -> None:
    source = inspect.getsource(BpmnStartTask.trigger_wf)

    # Should this fail, event sub-processes may share their spec: read refusals.py again.
    assert "self.connect(spec)" in source


def test_nested_values_of_the_library_still_leak_into_other_branches() -> None:
    run = Stock({"p.bpmn": branches_with_data()})
    run.go("before", findings={"list": [1]})
    left, right = run.run.get_tasks(state=TaskState.READY, manual=True)
    left.data["findings"]["list"].append(2)

    assert right.data["findings"]["list"] == [1, 2]


def test_nested_values_of_a_run_do_not_leak() -> None:
    def append(data: Any) -> dict[str, Any]:
        data["findings"]["list"].append(2)
        return {}

    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("before"), drawing.add("parallelGateway", "fork"))
    drawing.add("parallelGateway", "join")
    drawing.line(
        "fork", drawing.person("left"), drawing.add("serviceTask", "alter", fg_operation="alter"), "join"
    )
    drawing.line("fork", drawing.person("right"), "join")
    drawing.line("join", drawing.person("after"), drawing.end())
    run = Play(drawing.xml(), operations={"alter": "compute"}, host=TestHost(alter=append))
    run.go("before", findings={"list": [1]}).go("left")

    assert run.wait("right").data == {"findings": {"list": [1]}}


def test_ended_tokens_of_a_run_wait_as_one_and_not_in_a_tree() -> None:
    run = Play(rework().xml())
    for _ in range(5):
        run.go("evidence_came").go("file_evidence")
    tasks = restore(run.definition, run.step.state, run.host).get_tasks(state=TaskState.WAITING)

    assert "TaskIterator" in inspect.getsource(_EndJoin._check_threshold_unstructured)
    assert len([task for task in tasks if isinstance(task.task_spec, EndJoin)]) == 1


def test_scripts_of_the_library_still_reach_everything() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("work"), drawing.end())
    task = BpmnWorkflow(parsed(drawing.xml())).get_next_task()

    assert PythonScriptEngine().evaluate(task, "__import__('os').sep") == "/"
    with pytest.raises(engine.StepFailed):
        ENGINE.evaluate(task, "__import__('os').sep")
    with pytest.raises(engine.StepFailed):
        ENGINE.execute(task, "x = 1")


def test_library_still_cannot_store_an_amount() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("work"), drawing.end())
    run = Stock({"p.bpmn": drawing.xml()})
    run.run.get_next_task(state=TaskState.READY, manual=True).data["amount"] = Decimal("1.50")

    with pytest.raises(TypeError):
        BpmnWorkflowSerializer().serialize_json(run.run)


def test_engine_leaves_the_decisions_of_the_library_alone() -> None:
    sources = [file.read_text() for file in Path(inspect.getfile(engine)).parent.glob("*.py")]

    # Its tables make floats of numbers and parse their cells again at every use.
    assert not [source for source in sources if "SpiffWorkflow.dmn" in source]


def test_timers_of_the_library_still_ask_the_clock() -> None:
    assert "datetime.now(" in inspect.getsource(timer)


def test_no_module_of_the_engine_asks_the_clock_or_chance() -> None:
    sources = {file.name: file.read_text() for file in Path(inspect.getfile(engine)).parent.glob("*.py")}
    words = (".now(", ".utcnow(", "time.time(", "import random", "uuid4(")

    assert not [(name, word) for name, source in sources.items() for word in words if word in source]


def test_restored_run_has_the_closed_script_engine() -> None:
    run = Play(rework().xml())

    assert restore(run.definition, run.step.state, run.host).script_engine is ENGINE


def test_library_still_refreshes_waiting_tasks_by_itself_and_a_run_does_not() -> None:
    run = Play(rework().xml())
    restored = restore(run.definition, run.step.state, run.host)
    before = [(task.id, task._state) for task in restored.open_tasks()]
    restored.update_waiting_tasks()

    assert [(task.id, task._state) for task in restored.open_tasks()] == before
    assert all(isinstance(task, RunTask) for task in restored.open_tasks())


def test_error_inside_the_parser_names_file_and_element(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise TypeError("something() takes 2 positional arguments but 3 were given")

    # The library's event parsers give this method an argument that it does not take.
    assert "node" not in inspect.signature(NodeParser.raise_validation_exception).parameters
    monkeypatch.setattr("SpiffWorkflow.bpmn.parser.ProcessParser.ProcessParser.get_spec", broken)

    with pytest.raises(engine.ModelRefused, match=r"p\.bpmn: p: something\(\) takes 2 positional"):
        Play(rework().xml())


@pytest.mark.parametrize("tag", ["complexGateway", "compensateEventDefinition"])
def test_library_still_has_no_parser_for(tag: str) -> None:
    # Should this fail, the library has learnt it; until the oracle knows it too, refusals.py refuses it.
    assert full_tag(tag) not in BpmnParser.PARSER_CLASSES
