"""What a run may forget after a step.

Kept: the first task of each open process, every token, the split above open boundary events, and the places
where two tokens that are still alive parted (joins merge data against them). Everything else has been passed
and is in the journal. So the size of a run depends on how many tokens it has, never on how far they came.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit

from .tasks import UNFINISHED, RunTask

_NOTHING: dict[str, Any] = {}


def prune(run: Any) -> None:
    """Drop what no later step can need."""
    for task_id in [task_id for task_id, scope in run.subprocesses.items() if scope.completed]:
        del run.subprocesses[task_id]
    for scope in run.scopes():
        _prune_scope(scope)


def _prune_scope(scope: Any) -> None:
    tokens: list[RunTask] = scope.get_tasks(state=UNFINISHED)
    partings = _partings(tokens)
    kept = {task.id for task in tokens} | partings
    for token in tokens:
        parent = token.parent
        if parent is None or isinstance(parent.task_spec, BoundaryEventSplit):
            kept.add((parent or token).id)
    first = next(iter(scope.tasks.values()), None)
    if first is not None:
        kept.add(first.id)
    _rebuild(scope, kept, partings)


def _partings(tokens: list[RunTask]) -> set[int]:
    """Where the ways of two tokens part."""
    seen: set[int] = set()
    partings: set[int] = set()
    for token in tokens:
        for task in token.ancestors():
            if task.id in seen:
                partings.add(task.id)
                break
            seen.add(task.id)
    return partings


def _rebuild(scope: Any, kept: set[int], partings: set[int]) -> None:
    everything: dict[int, RunTask] = scope.tasks
    parents = {task_id: _kept_parent(everything[task_id], kept) for task_id in kept}
    scope.tasks = {task_id: task for task_id, task in everything.items() if task_id in kept}
    for task in scope.tasks.values():
        task._children = []
        if not task.unfinished and task.id not in partings:
            task.data = _NOTHING
    for task_id, task in scope.tasks.items():
        task._parent = parents[task_id]
        if task._parent is not None:
            scope.tasks[task._parent]._children.append(task_id)


def _kept_parent(task: RunTask, kept: set[int]) -> int | None:
    above = task.parent
    while above is not None and above.id not in kept:
        above = above.parent
    return None if above is None else above.id
