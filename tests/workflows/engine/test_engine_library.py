"""What the engine relies on in SpiffWorkflow 3.2.0; a failure here says which module must be read again."""

import inspect
from typing import Any

import pytest
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskIterator
from SpiffWorkflow.workflow import Workflow

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import Play
from workflows.engine.flow import FlowNode
from workflows.engine.restoring import spec_to_json
from workflows.engine.tasks import RunTask

WITH_BORDER = Drawing()
WITH_BORDER.line(WITH_BORDER.start(), WITH_BORDER.person("work"), WITH_BORDER.end())
WITH_BORDER.boundary("late", "work")
WITH_BORDER.line("late", "end")


@pytest.mark.parametrize(
    "name",
    ["_predict", "_update", "_update_hook", "_on_ready", "_run", "_run_hook", "_on_cancel", "_on_complete"],
)
def test_specs_still_have_the_methods_that_flow_replaces(name: str) -> None:
    assert callable(getattr(TaskSpec, name))
    assert name in vars(FlowNode)


@pytest.mark.parametrize("name", ["_add_child", "_set_state", "_inherit_data"])
def test_tasks_still_have_the_methods_that_ours_replaces(name: str) -> None:
    assert callable(getattr(Task, name))
    assert name in vars(RunTask)


def test_our_task_has_every_attribute_of_the_library_task() -> None:
    run = Play(WITH_BORDER.xml())
    from workflows.engine.codec import restore

    ours = vars(restore(run.definition, run.step.state, run.host).open_tasks()[0])
    theirs = set(inspect.getsource(Task.__init__).split())

    for name in (
        "id",
        "workflow",
        "_parent",
        "_children",
        "_state",
        "triggered",
        "task_spec",
        "data",
        "internal_data",
    ):
        assert name in ours
        assert f"self.{name}" in theirs


def test_running_a_task_still_goes_through_the_spec_and_the_state() -> None:
    source = inspect.getsource(Task.run)

    assert "self.task_spec._run(self)" in source
    assert "self._set_state(TaskState.STARTED)" in source
    assert "self.complete()" in source


def test_workflow_still_keeps_its_tasks_in_one_dictionary() -> None:
    assert "self.tasks = {}" in inspect.getsource(Workflow.__init__)
    assert "deserializing" in inspect.signature(Workflow.__init__).parameters


def test_iterators_still_stop_at_a_depth_of_one_thousand() -> None:
    assert inspect.signature(TaskIterator.__init__).parameters["max_depth"].default == 1000


def test_boundary_events_still_stand_below_a_split_with_their_activity() -> None:
    spec = Play(WITH_BORDER.xml()).definition.spec
    split = spec.task_specs["work.BoundaryEventSplit"]

    assert isinstance(split, BoundaryEventSplit)
    assert split._outputs == ["work", "late"]
    assert isinstance(spec.task_specs["late"], BoundaryEvent)
    assert isinstance(spec.task_specs["work.BoundaryEventJoin"], BoundaryEventJoin)


def test_every_spec_of_a_restored_definition_is_ours() -> None:
    definition = Play(WITH_BORDER.xml()).definition

    assert all(isinstance(spec, FlowNode) for spec in definition.spec.task_specs.values())


def test_runs_leave_the_shared_spec_as_it_was() -> None:
    run = Play(WITH_BORDER.xml())
    before = shape(run.definition.spec)
    run.go("late")

    assert shape(run.definition.spec) == before


def shape(spec: Any) -> dict[str, Any]:
    """Everything a run could have changed in a spec."""
    return {
        name: (list(one._inputs), list(one._outputs), one.manual, dict(one.data))
        for name, one in spec.task_specs.items()
    }


def test_parser_classes_convert_to_plain_json() -> None:
    assert callable(spec_to_json)
