"""Steps of a run: start, resume at a wait, cancel. Bytes in, bytes and waits out.

`now` is the moment of the step. The engine asks no clock, network or chance: what depends on the moment comes from
the host, so that the same call gives the same bytes.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from .calls import children_of
from .codec import restore, save
from .definition import Definition
from .errors import EngineError, LimitReached, StepFailed, WaitGone
from .model import Host, Step, Wait, WaitKind
from .pruning import prune
from .runs import Run
from .tasks import RunTask
from .values import clean

# Of the stored state, compressed. A case of the real models takes 2 to 4 KB.
MOST_STATE_BYTES = 1_048_576
_WAITING: dict[str, int] = {
    "person": TaskState.READY,
    "effect": TaskState.STARTED,
    "message": TaskState.WAITING,
    "timer": TaskState.WAITING,
    "calls": TaskState.STARTED,
}
_KINDS: dict[str, WaitKind] = {
    "person": "person", "effect": "effect", "message": "message", "timer": "timer", "calls": "children",
}  # fmt: skip


def start(
    definition: Definition, *, data: Mapping[str, Any], now: datetime, host: Host, process_id: str = ""
) -> Step:
    """Begin a run and move it to its first waits; `process_id` names a called process for a child run.

    Raises: StepFailed, DataRefused.
    """
    run = Run(definition, host, process_id)
    run.begin(definition.with_variables(run.spec.name, clean(data)), {})
    return finished(run)


def resume(
    definition: Definition, state: bytes, task_id: str, data: Mapping[str, Any], *, now: datetime, host: Host
) -> Step:
    """End a wait and move on: a person's outcome, an effect's answer, a message, or a timer that is due.

    Raises: WaitGone, StepFailed, DataRefused, StateRefused.
    """
    run = restore(definition, state, host)
    task = next((task for task, _ in _waiting(run) if str(task.id) == task_id), None)
    if task is None:
        raise WaitGone(task_id)
    task.learn(clean(data))
    if task._state == TaskState.WAITING:
        task._ready()
    else:
        task.complete()
    return finished(run)


def cancel(definition: Definition, state: bytes, *, now: datetime, host: Host) -> Step:
    """End a run where it stands; nothing more is called. Raises: StateRefused."""
    run = restore(definition, state, host)
    run.cancel()
    prune(run)
    return Step(state=save(run), waits=(), passed=(), ended=True, data={})


def waits(definition: Definition, state: bytes, *, host: Host) -> tuple[Wait, ...]:
    """The open waits of a stored state."""
    return _waits(restore(definition, state, host))


def finished(run: Run) -> Step:
    """Move a run to its next waits and store it. Raises: StepFailed, LimitReached."""
    try:
        run.advance()
    except EngineError:
        raise
    except SpiffWorkflowException as error:
        raise StepFailed(getattr(getattr(error, "task_spec", None), "name", ""), str(error)) from error
    prune(run)
    state, open_waits = save(run), _waits(run)
    if len(state) > MOST_STATE_BYTES:
        raise LimitReached(
            _where(run), f"the run would take {len(state)} bytes; {MOST_STATE_BYTES} are possible"
        )
    if not open_waits and not run.completed:
        raise StepFailed(_where(run), "the token here waits for another that can no longer come")
    return Step(
        state=state, waits=open_waits, passed=tuple(run.passed), ended=run.completed, data=run.last_data
    )


def _where(run: Run) -> str:
    """The element of the oldest token, for an error of the whole run."""
    names: list[str] = [task.task_spec.bpmn_id for task in run.open_tasks() if task.task_spec.bpmn_id]
    return names[0] if names else str(run.spec.name)


def _waits(run: Run) -> tuple[Wait, ...]:
    return tuple(_wait(run, task, kind) for task, kind in _waiting(run))


def _waiting(run: Run) -> Iterator[tuple[RunTask, WaitKind]]:
    elements = run.definition.elements
    for task in run.open_tasks():
        element = elements.get(task.task_spec.bpmn_id)
        if element is not None and _WAITING.get(element.kind) == task._state:
            yield task, _KINDS[element.kind]


def _wait(run: Run, task: RunTask, kind: WaitKind) -> Wait:
    element = run.definition.elements[task.task_spec.bpmn_id]
    due = task.internal_data.get("due")
    return Wait(
        task_id=str(task.id),
        element_id=element.element_id,
        process_id=element.process_id,
        kind=kind,
        data=task.data,
        due=datetime.fromisoformat(due) if due else None,
        message=element.message,
        children=children_of(task) if kind == "children" else None,
    )
