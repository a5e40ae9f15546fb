"""Joins that mean what is drawn.

The library counts tokens that an earlier lap has used up, so a parallel join inside a loop fires too early on
the second lap. Here a token that arrives waits at the join until one from each flow is there; then all are
used up. Data of branches is merged against the data with which they parted: a branch contributes what it
changed, and an untouched old value never covers a new one.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway
from SpiffWorkflow.util.task import TaskState

from .flow import FlowNode
from .tasks import RunTask

_MISSING = object()


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
            my_task.data = merged(arrivals)
            for task in arrivals:
                if task is not my_task:
                    task._set_state(TaskState.CANCELLED)
        return bool(arrivals)

    def _complete_set(self, my_task: RunTask) -> list[RunTask]:
        """The oldest waiting token of each flow that the join waits for, or nothing while one is missing."""
        oldest: dict[str, RunTask] = {}
        for task in my_task.workflow.get_tasks(state=TaskState.WAITING):
            if task.task_spec is self:
                oldest.setdefault(task.internal_data["source"], task)
        awaited = set(self._inputs) - self.behind
        return sorted(oldest.values(), key=lambda task: task.id) if awaited <= oldest.keys() else []


class EndJoin(FlowNode, _EndJoin):
    """Where ended tokens wait for the last one; they wait as one, so their number never grows."""

    def _update_hook(self, my_task: RunTask) -> bool:
        my_task._inherit_data()
        for earlier in my_task.workflow.get_tasks(state=TaskState.WAITING):
            if earlier.task_spec is self:
                earlier.data = merged([earlier, my_task])
                my_task._set_state(TaskState.CANCELLED)
                return False
        my_task._set_state(TaskState.WAITING)
        return False

    def _run_hook(self, my_task: RunTask) -> bool:
        return True


def merged(arrivals: list[RunTask]) -> dict[str, Any]:
    """Data of tokens that become one: what each branch changed since they parted, later arrivals last."""
    chains = [(task.ancestors()[::-1], task) for task in arrivals]
    return _merge(chains, 0)


def _merge(chains: list[tuple[list[RunTask], RunTask]], depth: int) -> dict[str, Any]:
    while len(chains) > 1:
        groups: dict[int, list[tuple[list[RunTask], RunTask]]] = {}
        for chain in chains:
            groups.setdefault(chain[0][depth].id, []).append(chain)
        if len(groups) > 1:
            return _join_groups(chains[0][0][depth - 1].data, list(groups.values()), depth)
        depth += 1
    return chains[0][1].data


def _join_groups(
    base: dict[str, Any], groups: list[list[tuple[list[RunTask], RunTask]]], depth: int
) -> dict[str, Any]:
    result = dict(base)
    for group in sorted(groups, key=lambda chains: max(task.id for _, task in chains)):
        branch = _merge(group, depth)
        result.update(
            {key: value for key, value in branch.items() if _differs(base.get(key, _MISSING), value)}
        )
    return result


def _differs(old: Any, new: Any) -> bool:
    return old is not new and (type(old) is not type(new) or old != new)
