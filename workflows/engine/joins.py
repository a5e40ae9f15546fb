"""Joins that mean what is drawn.

The library counts tokens that an earlier lap has used up, so a parallel join inside a loop fires too early on
the second lap. Here a token that arrives waits at the join until one from each flow is there; then all are
used up. Of each value the joined token keeps what was written last: an old copy in a branch that did not touch
it never covers what another branch wrote.
"""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelGateway
from SpiffWorkflow.util.task import TaskState

from .errors import StepFailed
from .flow import CHOICES, FlowNode
from .tasks import RunTask


class JoinGateway(FlowNode, ParallelGateway):
    """A parallel gateway. `behind` names its inputs that can only be reached through the gateway itself."""

    behind: frozenset[str] = frozenset()

    def _update_hook(self, my_task: RunTask) -> bool:
        my_task._inherit_data()
        if len(self._inputs) < 2:
            return True
        source = my_task.parent.task_spec.name
        if source in self.behind:
            # A loop that leads back into the join itself: nothing else can ever arrive with this token.
            return True
        my_task.remember(source=source)
        my_task._set_state(TaskState.WAITING)
        arrivals = self._complete_set(my_task)
        if arrivals:
            _become_one(my_task, arrivals)
        return bool(arrivals)

    def _complete_set(self, my_task: RunTask) -> list[RunTask]:
        """The oldest waiting token of each flow that the join waits for, or nothing while one is missing."""
        oldest = _oldest(self, my_task.workflow)
        awaited = set(self._inputs) - self.behind
        return sorted(oldest.values(), key=lambda task: task.id) if awaited <= oldest.keys() else []


class InclusiveNode(FlowNode, InclusiveGateway):
    """An inclusive gateway: opens every flow whose condition holds; joins what can still come.

    `ahead` says for every other spec of the process which inputs of this join a token can reach from there
    without passing the join. The join fires as BPMN 2.0, 13.4.3 defines it: a token elsewhere is waited for if it
    can reach an input that has no token and cannot reach one that has. Asked when nothing else can move.
    """

    ahead: Mapping[str, frozenset[str]] = {}
    # The default flow is the one without a condition.
    cond_task_specs: list[tuple[Any, str]]

    def _update_hook(self, my_task: RunTask) -> bool:
        my_task._inherit_data()
        if len(self._inputs) < 2:
            return True
        my_task.remember(source=my_task.parent.task_spec.name)
        my_task._set_state(TaskState.WAITING)
        return False

    def fire(self, scope: Any) -> bool:
        """Let the waiting tokens go on as one unless another is still to come; whether they did."""
        oldest = _oldest(self, scope)
        if not oldest or any(self._awaits(task, oldest.keys()) for task in scope.open_here()):
            return False
        arrivals = sorted(oldest.values(), key=lambda task: task.id)
        _become_one(arrivals[-1], arrivals)
        arrivals[-1]._ready()
        return True

    def _awaits(self, task: RunTask, full: Any) -> bool:
        if task.task_spec is self:
            return False
        parent = task.parent
        # What waits for several things is one token, which may take any of the ways.
        place = parent if parent is not None and isinstance(parent.task_spec, CHOICES) else task
        ahead = self.ahead.get(place.task_spec.name, frozenset())
        return bool(ahead) and ahead.isdisjoint(full)

    def _next_specs(self, my_task: RunTask) -> list[Any]:
        flows = self.cond_task_specs
        chosen = [name for condition, name in flows if condition is not None and condition._matches(my_task)]
        chosen = chosen or [name for condition, name in flows if condition is None]
        if not chosen:
            raise StepFailed(self.name, "no condition holds and there is no default flow")
        return [self._wf_spec.task_specs[name] for name in chosen]


def _oldest(join: FlowNode, scope: Any) -> dict[str, RunTask]:
    """The oldest token that waits at a join, for each of its inputs that has one."""
    oldest: dict[str, RunTask] = {}
    for task in scope.get_tasks(state=TaskState.WAITING):
        if task.task_spec is join:
            oldest.setdefault(task.internal_data["source"], task)
    return oldest


def _become_one(one: RunTask, arrivals: list[RunTask]) -> None:
    one.merge_data(arrivals)
    for task in arrivals:
        if task is not one:
            task._set_state(TaskState.CANCELLED)


class EndJoin(FlowNode, _EndJoin):
    """Where ended tokens wait for the last one; they wait as one, so their number never grows."""

    def _update_hook(self, my_task: RunTask) -> bool:
        my_task._inherit_data()
        for earlier in my_task.workflow.get_tasks(state=TaskState.WAITING):
            if earlier.task_spec is self:
                earlier.merge_data([earlier, my_task])
                my_task._set_state(TaskState.CANCELLED)
                return False
        my_task._set_state(TaskState.WAITING)
        return False

    def _run_hook(self, my_task: RunTask) -> bool:
        return True
