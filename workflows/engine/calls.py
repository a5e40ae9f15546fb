"""Multi-instance call activities: each instance is a run of its own, a child run, and the caller waits for them as one.

The token keeps nothing for an instance. Whoever carries the child runs is told here what they begin with, and asks
whether they are enough; the wait ends with the list of their results. Nothing else comes back from them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from .expressions import names_in
from .instances import _InstancesNode
from .model import Children
from .tasks import RunTask

MOST_CALLS = 10_000
# What the condition of completion may ask for beside the data of the instance that was done last.
COUNTS = frozenset({"numberOfInstances", "numberOfCompletedInstances"})


class CallsNode(_InstancesNode):
    """Waits, started, until the child runs are done or enough of them."""

    reported = True
    most = MOST_CALLS

    def _update_hook(self, my_task: RunTask) -> bool:
        my_task._inherit_data()
        if self._items(my_task.data):
            my_task._set_state(TaskState.STARTED)
            return False
        my_task.learn(self.results([]))
        return True

    def children(self, my_task: RunTask) -> Children:
        """What the child runs begin with: the data without the lists, of which each has its own item."""
        lists = {name.bpmn_id for name in (self.data_input, self.data_output) if name is not None}
        return Children(
            process_id=self._wf_spec.task_specs[self.task_spec].spec,
            is_sequential=self.sequential,
            items=tuple(self._items(my_task.data)),
            item=self.input_item.bpmn_name if self.input_item is not None else "",
            data={name: value for name, value in my_task.data.items() if name not in lists},
            asks=tuple(sorted(self._asked())),
        )

    def results(self, outcomes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """The list of results by its name, if the drawing wants it."""
        if self.data_output is None:
            return {}
        return {self.data_output.bpmn_id: [outcome.get(self.output_item.bpmn_name) for outcome in outcomes]}

    def _asked(self) -> set[str]:
        asked = set(names_in(self.condition) - COUNTS) if self.condition else set()
        return asked | ({self.output_item.bpmn_name} if self.output_item is not None else set())


class ParallelCallsNode(CallsNode, defaults.ParallelMultiInstanceTask):
    """All child runs at once."""

    sequential = False


class SequentialCallsNode(CallsNode, defaults.SequentialMultiInstanceTask):
    """One child run after another."""

    sequential = True


def children_of(task: RunTask) -> Children:
    """The child runs that a token waits for."""
    node = task.task_spec
    assert isinstance(node, CallsNode), "only a multi-instance call waits for child runs"
    return node.children(task)


def has_enough(
    definition: Any, element_id: str, outcome: Mapping[str, Any], *, count: int, done: int
) -> bool:
    """Whether the condition of completion holds after `done` of `count` child runs, the last with this outcome.

    Raises: StepFailed.
    """
    return _node(definition, element_id)._is_enough(outcome, count, done)


def results_of(definition: Any, element_id: str, outcomes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What ends the wait: the results of the child runs in the order of the items."""
    return _node(definition, element_id).results(outcomes)


def _node(definition: Any, element_id: str) -> CallsNode:
    for spec in definition.subprocess_specs.values():
        node = spec.task_specs.get(element_id)
        if isinstance(node, CallsNode):
            return node
    raise LookupError(element_id)
