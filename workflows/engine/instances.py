"""Multi-instance activities: what stands around the instances of an element.

In parallel the instances are like the branches of a fork and a join, one after another like a chain of activities:
the data goes on as it does there. Each instance has its item and its result for itself; the results are kept as
a list in the order of the items.
"""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from .errors import ExpressionFailed, LimitReached, StepFailed
from .expressions import compile_expression
from .flow import FlowNode
from .tasks import RunTask
from .values import copy_of

MOST_INSTANCES = 50


def too_many(most: int) -> str:
    """What the author of a model reads about more instances than are possible."""
    advice = "; draw the activity as a called process" if most == MOST_INSTANCES else ""
    return f"at most {most} are possible{advice}"


class _InstancesNode(FlowNode):
    """Opens the instances, and is ready when they are done or the condition of completion holds."""

    reported = False
    most = MOST_INSTANCES
    sequential: bool
    task_spec: str
    cardinality: str | None
    condition: str | None
    data_input: Any
    data_output: Any
    input_item: Any
    output_item: Any

    def _update_hook(self, my_task: RunTask) -> bool:
        my_task._inherit_data()
        items = self._items(my_task.data)
        my_task.remember(all=len(items), done=[])
        if not items:
            self._gather(my_task)
            return True
        my_task._set_state(TaskState.STARTED)
        if self.sequential:
            my_task.remember(rest=items[1:])
        for place, item in enumerate(items[:1] if self.sequential else items):
            self._open(my_task, place, item)
        return False

    def instance_done(self, my_task: RunTask, instance: RunTask) -> None:
        """Take over what an instance leaves behind; open the next one, or end."""
        place, result = instance.internal_data["place"], self._result(instance)
        done = [*my_task.internal_data["done"], [place, result]]
        my_task.remember(done=done)
        my_task.merge_data([my_task, instance], without=self._own_names())
        count = my_task.internal_data["all"]
        if len(done) == count or self._is_enough(instance.data, count, len(done)):
            self._end(my_task)
        elif self.sequential:
            item, *rest = my_task.internal_data["rest"]
            my_task.remember(rest=rest)
            self._open(my_task, place + 1, item)

    def _items(self, data: Mapping[str, Any]) -> list[Any]:
        if self.data_input is not None:
            items = data.get(self.data_input.bpmn_id)
            if not isinstance(items, list):
                raise StepFailed(self.name, f"the variable {self.data_input.bpmn_id} is not a list")
            self._check_count(len(items))
            return items
        count = self._worked_out(self.cardinality or "", data)
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise StepFailed(self.name, f"“{self.cardinality}” is {count!r} and not a number of instances")
        self._check_count(count)
        return list(range(count))

    def _check_count(self, count: int) -> None:
        if count > self.most:
            raise LimitReached(self.name, f"{count} instances; {too_many(self.most)}")

    def _open(self, my_task: RunTask, place: int, item: Any) -> None:
        instance = my_task._add_child(self._wf_spec.task_specs[self.task_spec])
        instance.remember(place=place)
        if self.input_item is not None:
            instance.given = {self.input_item.bpmn_name: copy_of(item)}
        instance.task_spec._update(instance)

    def _own_names(self) -> frozenset[str]:
        return frozenset(item.bpmn_name for item in (self.input_item, self.output_item) if item is not None)

    def _result(self, instance: RunTask) -> Any:
        return instance.data.get(self.output_item.bpmn_name) if self.output_item is not None else None

    def _is_enough(self, data: Mapping[str, Any], count: int, done: int) -> bool:
        if self.condition is None:
            return False
        counts = {"numberOfInstances": count, "numberOfCompletedInstances": done}
        return bool(self._worked_out(self.condition, {**data, **counts}))

    def _worked_out(self, expression: str, data: Mapping[str, Any]) -> Any:
        try:
            return compile_expression(expression.strip())(data)
        except ExpressionFailed as error:
            raise StepFailed(self.name, f"in “{expression}”: {error}") from error

    def _end(self, my_task: RunTask) -> None:
        for instance in my_task.children:
            instance.cancel()
        self._gather(my_task)
        my_task._ready()

    def _gather(self, my_task: RunTask) -> None:
        if self.data_output is not None:
            done = sorted(my_task.internal_data["done"], key=lambda pair: pair[0])
            my_task.learn({self.data_output.bpmn_id: [result for _, result in done]})


class ParallelInstancesNode(_InstancesNode, defaults.ParallelMultiInstanceTask):
    """All instances at once."""

    sequential = False


class SequentialInstancesNode(_InstancesNode, defaults.SequentialMultiInstanceTask):
    """One instance after another."""

    sequential = True
