"""How a token moves from one element to the next, for every class of element.

The library predicts the tasks ahead of a token; with parallel blocks in a row their number explodes.
Here a task gets its children when it completes, and a run holds only tokens and the places where they parted.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.defaults import EventBasedGateway

from .model import Passed
from .tasks import RunTask

# Where one token waits for several things, of which the first takes the others away.
CHOICES = (BoundaryEventSplit, EventBasedGateway)


class FlowNode:
    """First base of every task spec of a restored definition."""

    name: str
    bpmn_id: str | None
    manual: bool
    _outputs: list[str]
    _wf_spec: Any
    # False for what stands around the instances of an element: they are reported, it is not.
    reported = True
    # For the instances of a multi-instance activity: the spec that stands around them.
    around: Any = None

    def _predict(self, my_task: RunTask, *_: Any, **__: Any) -> None:
        """Nothing lies ahead of a token until it moves."""

    def _update(self, my_task: RunTask) -> None:
        if self._update_hook(my_task):
            my_task._ready()

    def _update_hook(self, my_task: RunTask) -> bool:
        my_task._inherit_data()
        return True

    def _on_ready(self, my_task: RunTask) -> None:
        if not self.manual:
            my_task.workflow.top_workflow.agenda.append(my_task)

    def _run(self, my_task: RunTask) -> bool | None:
        return self._run_hook(my_task)

    def _run_hook(self, my_task: RunTask) -> bool | None:
        return True

    def _on_cancel(self, my_task: RunTask) -> None:
        """Nothing to give back."""

    def _on_complete(self, my_task: RunTask) -> None:
        top = my_task.workflow.top_workflow
        if self.bpmn_id is not None and self.reported:
            element = top.definition.elements[self.bpmn_id]
            top.passed.append(Passed(str(my_task.id), element.element_id, element.process_id, element.kind))
        top.last_data = my_task.data
        self._close_boundary(my_task)
        children = [my_task._add_child(spec) for spec in self._next_specs(my_task)]
        for child in children:
            child.task_spec._update(child)
        if self.around is not None:
            self.around.instance_done(my_task.parent, my_task)
        my_task.workflow._task_completed_notify(my_task)

    def _next_specs(self, my_task: RunTask) -> list[Any]:
        """Where a token goes from here."""
        specs = [self._wf_spec.task_specs[name] for name in self._outputs]
        return [spec for spec in specs if not isinstance(spec, BoundaryEventJoin)]

    def _close_boundary(self, my_task: RunTask) -> None:
        """An activity that completes takes its boundary events with it."""
        for sibling in boundary_siblings(my_task):
            sibling.cancel()


def boundary_siblings(task: RunTask) -> list[RunTask]:
    """What else the token waits for here: an activity and its boundary events, or the events of a gateway."""
    split = task.parent
    if split is None or not isinstance(split.task_spec, CHOICES):
        return []
    return [child for child in split.children if child.unfinished and child is not task]
