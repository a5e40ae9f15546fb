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

    The dictionaries in `data` and `written` may be held by several tasks: they are replaced, never changed in
    place. `written` says when each value was written (a number that grows within the run; 0 if it does not matter).
    `given` is what an instance of a multi-instance activity gets beside the data of its parent.
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
        self.written: dict[str, int] = {}
        self.internal_data: dict[str, Any] = {}
        self.given: dict[str, Any] | None = None
        # Deterministic in place of the wall clock: ids grow in the order in which tokens move.
        self.last_state_change = self.id
        if parent is not None:
            parent._children.append(self.id)

    def _add_child(self, task_spec: Any, state: int = TaskState.FUTURE) -> "RunTask":
        return RunTask(self.workflow, task_spec, self, state)

    def _set_state(self, value: int) -> None:
        self._state = value

    def _inherit_data(self) -> None:
        self.take_data(self.parent)
        if self.given is not None:
            self.learn(self.given)

    def cancel(self) -> None:
        """Take the token away, and the instances that it stands around."""
        if self.unfinished:
            self._state = TaskState.CANCELLED
            for child in self.children:
                child.cancel()
            self.task_spec._on_cancel(self)

    @property
    def unfinished(self) -> bool:
        """Whether the token is still here."""
        return bool(self._state & UNFINISHED)

    def learn(self, values: dict[str, Any] | None) -> None:
        """Write these values into the data."""
        if values:
            now = self.workflow.top_workflow.new_id()
            self.data = {**self.data, **values}
            self.written = {**self.written, **dict.fromkeys(values, now)}

    def take_data(self, other: "RunTask") -> None:
        """Hold the data of another task."""
        self.data, self.written = other.data, other.written

    def merge_data(self, others: "list[RunTask]", *, without: frozenset[str] = frozenset()) -> None:
        """Hold the data of several tokens as one: of each value what was written last.

        `without` names what only the first of them may bring.
        """
        data: dict[str, Any] = {}
        written: dict[str, int] = {}
        for place, other in enumerate(others):
            for key, value in other.data.items():
                moment = other.written.get(key, 0)
                if moment >= written.get(key, -1) and not (place and key in without):
                    data[key], written[key] = value, moment
        self.data, self.written = data, written

    def remember(self, **values: Any) -> None:
        """Keep what the engine itself must know about the task."""
        self.internal_data = {**self.internal_data, **values}
