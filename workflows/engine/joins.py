"""Joins that mean what is drawn.

The library counts tokens that an earlier lap has used up, so a parallel join inside a loop fires too early on
the second lap. Here a token that arrives waits at the join until one from each flow is there; then all are
used up. Of each value the joined token keeps what was written last: an old copy in a branch that did not touch
it never covers what another branch wrote.
"""

from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway
from SpiffWorkflow.util.task import TaskState

from .flow import FlowNode
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
            my_task.merge_data(arrivals)
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
                earlier.merge_data([earlier, my_task])
                my_task._set_state(TaskState.CANCELLED)
                return False
        my_task._set_state(TaskState.WAITING)
        return False

    def _run_hook(self, my_task: RunTask) -> bool:
        return True
