"""What a run may forget after a step.

Kept: the first task of each open process, every token, and what stands above tokens that belong together: the
split above open boundary events, the event-based gateway, the multi-instance activity. Everything else has been
passed and is in the journal. So the size of a run depends on how many tokens it has, never on how far they came.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask

from .flow import CHOICES
from .tasks import RunTask

_ABOVE = (*CHOICES, MultiInstanceTask)


def prune(run: Any) -> None:
    """Drop what no later step can need."""
    for task_id in [task_id for task_id, scope in run.subprocesses.items() if scope.completed]:
        del run.subprocesses[task_id]
    for scope in run.scopes():
        _prune_scope(scope)


def _prune_scope(scope: Any) -> None:
    everything: dict[int, RunTask] = scope.tasks
    kept = {task.id for task in everything.values() if task.unfinished}
    splits = {everything[task_id]._parent for task_id in kept} & _splits(everything)
    first = next(iter(everything))
    kept |= splits | {first}
    scope.tasks = {task_id: task for task_id, task in everything.items() if task_id in kept}
    for task in scope.tasks.values():
        task._children = []
        if task.id not in splits and not task.unfinished:
            task.data, task.written = {}, {}
    for task_id, task in scope.tasks.items():
        if task_id != first:
            # A token that left through a boundary event must not come to stand below the split.
            task._parent = task._parent if task._parent in splits else first
            scope.tasks[task._parent]._children.append(task_id)


def _splits(tasks: dict[int, RunTask]) -> set[int]:
    return {task.id for task in tasks.values() if isinstance(task.task_spec, _ABOVE)}
