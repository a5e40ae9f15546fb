"""A run in memory: the process itself and the sub-processes open in it.

Searches are flat (the library's walk the tree and stop at depth 1,000 without a word), and what is ready
stands in a list, so that a step costs what it moves and not what lies behind it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.util.task import TaskState

from .errors import LimitReached
from .joins import EndJoin
from .model import Host, Passed
from .pruning import prune
from .script_engine import ENGINE
from .tasks import UNFINISHED, RunTask

if TYPE_CHECKING:
    from .definition import Definition

# Beyond these a step prunes while it runs, or is given up: a model that runs in circles waits for nobody, and
# a run that holds more tokens than people could work off is an error of its model.
TASKS_BEFORE_PRUNING = 500
MOST_MOVES = 20_000
MOST_TASKS = 2_000


class _FlatScope:
    """What a process and a sub-process of a run have in common."""

    spec: Any
    tasks: dict[int, RunTask]
    completed: bool
    success: bool
    last_task: Any

    def get_tasks(self, *, state: int = TaskState.ANY_MASK) -> list[RunTask]:
        """The tasks in one of these states, oldest first; sub-processes have tasks of their own."""
        return [task for task in self.tasks.values() if task._state & state]

    def update_waiting_tasks(self) -> None:
        """Nothing: whatever waits here is told, it never asks."""

    def cancel(self, success: bool = False) -> list[RunTask]:
        """End the scope where it stands."""
        self.success, self.completed = success, True
        return self.withdraw()

    def withdraw(self) -> list[RunTask]:
        """Take every token away."""
        withdrawn = self.open_here()
        for task in withdrawn:
            task.cancel()
        return withdrawn

    def begin(self, data: dict[str, Any], written: dict[str, int]) -> None:
        """Put the first token on the start of the process."""
        first = RunTask(self, self.spec.start, None, TaskState.FUTURE)
        first.data, first.written = data, written
        first._ready()

    def finish(self, last: RunTask) -> None:
        """The process has ended with the data of this task, its last."""
        self.completed, self.last_task = True, last

    def _task_completed_notify(self, task: RunTask) -> None:
        if task.task_spec.name == "End":
            self.finish(task)

    def open_here(self) -> list[RunTask]:
        """The unfinished tasks of this scope, oldest first."""
        return self.get_tasks(state=UNFINISHED)

    def settle(self) -> None:
        """Where nothing moves any more: fire an inclusive join, or end when every token has reached an end."""
        for join in self.spec.inclusive_joins:
            if join.fire(self):
                return
        open_tasks = self.open_here()
        if open_tasks and all(isinstance(task.task_spec, EndJoin) for task in open_tasks):
            open_tasks[-1]._ready()


class SubRun(_FlatScope, BpmnSubWorkflow):
    """A called process or an embedded sub-process that is open in a run."""

    def __init__(self, spec: Any, parent_task_id: int, top: Run) -> None:
        BpmnSubWorkflow.__init__(self, spec, parent_task_id, top, deserializing=True)

    def finish(self, last: RunTask) -> None:
        """End, and hand the data to the activity that opened it."""
        super().finish(last)
        activity = self.top_workflow.get_task_from_id(self.parent_task_id)
        activity.take_data(last)
        activity._ready()


class Run(_FlatScope, BpmnWorkflow):
    """One execution of a process, for the length of a step; a child run is one of a called process."""

    def __init__(self, definition: Definition, host: Host, process_id: str = "") -> None:
        self.definition, self.host = definition, host
        self.last_id = 0
        self.prune_above = TASKS_BEFORE_PRUNING
        self.last_data: dict[str, Any] = {}
        self.agenda: deque[RunTask] = deque()
        self.passed: list[Passed] = []
        BpmnWorkflow.__init__(
            self,
            definition.subprocess_specs[process_id or definition.process_id],
            definition.subprocess_specs,
            script_engine=ENGINE,
            deserializing=True,
        )

    def new_id(self) -> int:
        """A number that no task of this run has had."""
        self.last_id += 1
        return self.last_id

    def create_subprocess(self, my_task: RunTask, spec_name: str) -> SubRun:
        """Open the sub-process of an activity; its first token starts with the activity's data."""
        scope = SubRun(self.subprocess_specs[spec_name], my_task.id, self)
        self.subprocesses[my_task.id] = scope
        scope.begin(self.definition.with_variables(spec_name, my_task.data), my_task.written)
        return scope

    def scopes(self) -> Iterator[Run | SubRun]:
        """The run and its open sub-processes, inner ones last."""
        yield self
        yield from (scope for scope in self.subprocesses.values() if not scope.completed)

    def open_tasks(self) -> list[RunTask]:
        """All unfinished tasks, oldest first."""
        found = [task for scope in self.scopes() for task in scope.get_tasks(state=UNFINISHED)]
        return sorted(found, key=lambda task: task.id)

    def advance(self) -> None:
        """Move every token until it needs a person, a message, a timer or an answer. Raises: StepFailed."""
        moves = 0
        while self._agenda_filled():
            task = self.agenda.popleft()
            if task._state != TaskState.READY:
                continue
            moves += 1
            if moves > MOST_MOVES:
                raise LimitReached(
                    task.task_spec.name, f"no wait within {MOST_MOVES} moves: the model runs in circles"
                )
            task.run()
            if len(task.workflow.tasks) > self.prune_above:
                self._prune_while_running(task)

    def _prune_while_running(self, task: RunTask) -> None:
        prune(self)
        left = max(len(scope.tasks) for scope in self.scopes())
        if left > MOST_TASKS:
            raise LimitReached(task.task_spec.name, f"more than {MOST_TASKS} tasks are open at once")
        # Twice what is left: so the work of pruning stays linear in the moves.
        self.prune_above = max(TASKS_BEFORE_PRUNING, 2 * left)

    def _agenda_filled(self) -> bool:
        """Whether anything can move; when nothing is ready, the oldest scope that can settle does."""
        if not self.agenda:
            for scope in list(self.scopes()):
                scope.settle()
                if self.agenda:
                    break
        return bool(self.agenda)
