"""The task of a run: the library's, with numbers for ids, no clock, no logging, data shared until changed.

It replaces private members of the library's Task; tests/workflows/engine/test_engine_library.py fails when
the library changes them.
"""

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

UNFINISHED: int = TaskState.NOT_FINISHED_MASK


class RunTask(Task):
    """A token, or a place where a token has been.

    The dictionary in `data` may be held by several tasks: it is replaced, never changed in place.
    """

    def __init__(
        self,
        workflow: Any,
        task_spec: Any,
        parent: "RunTask | None" = None,
        state: int = TaskState.FUTURE,
        task_id: int = 0,
    ) -> None:
        self.id = task_id or workflow.top_workflow.new_id()
        self.workflow = workflow
        workflow.tasks[self.id] = self
        self._parent = None if parent is None else parent.id
        self._children: list[int] = []
        self._state = state
        self.triggered = False
        self.task_spec = task_spec
        self.thread_id = 0
        self.data: dict[str, Any] = {}
        self.internal_data: dict[str, Any] = {}
        # Deterministic in place of the wall clock: ids grow in the order in which tokens move.
        self.last_state_change = self.id
        if parent is not None:
            parent._children.append(self.id)

    def _add_child(self, task_spec: Any, state: int = TaskState.FUTURE) -> "RunTask":
        return RunTask(self.workflow, task_spec, self, state)

    def _set_state(self, value: int) -> None:
        self._state = value

    def _inherit_data(self) -> None:
        self.data = self.parent.data

    @property
    def unfinished(self) -> bool:
        """Whether the token is still here."""
        return bool(self._state & UNFINISHED)

    def learn(self, values: dict[str, Any] | None) -> None:
        """Replace the data by data with these values in it."""
        if values:
            self.data = {**self.data, **values}

    def remember(self, **values: Any) -> None:
        """Keep what the engine itself must know about the task."""
        self.internal_data = {**self.internal_data, **values}

    def ancestors(self) -> list["RunTask"]:
        """The task itself and what it came from, the first task of the process last."""
        found: list[RunTask] = []
        task: RunTask | None = self
        while task is not None:
            found.append(task)
            task = task.parent
        return found
