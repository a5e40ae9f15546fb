"""Moving a token by hand: from where it waits to another element of the same process."""

from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit

from workflows.rules.texts import text

from .codec import restore
from .definition import Definition
from .errors import MoveRefused, WaitGone
from .flow import boundary_siblings
from .model import Host, Step
from .runner import finished
from .tasks import RunTask

# Where a token can be put: what waits or works, never a gateway, whose meaning is in how tokens come to it.
PLACES = frozenset(
    {"person", "effect", "compute", "decision", "message", "timer", "call", "calls", "subprocess"}
)


def move(
    definition: Definition, state: bytes, task_id: str, element_id: str, *, now: datetime, host: Host
) -> Step:
    """Take a token from its wait, with the boundary events around it, and let it go on at another element.

    Beside other tokens a join may then wait for one that never comes: whoever moves one judges the marking that
    comes of it. Raises: WaitGone, MoveRefused, StepFailed.
    """
    run = restore(definition, state, host)
    task = next((task for task in run.open_tasks() if str(task.id) == task_id), None)
    if task is None:
        raise WaitGone(task_id)
    entry = _entry(definition, task, element_id)
    for token in [task, *boundary_siblings(task)]:
        token.cancel()
    moved = RunTask(task.workflow, entry, task)
    entry._update(moved)
    return finished(run)


def _entry(definition: Definition, task: RunTask, element_id: str) -> Any:
    """The spec at which a token comes to an element: the split of its boundary events, if it has any."""
    specs = task.workflow.spec.task_specs
    element, spec = definition.elements.get(element_id), specs.get(element_id)
    if element is None or spec is None:
        raise MoveRefused(
            element_id, text("the element does not belong to the process in which the token is")
        )
    if element.kind not in PLACES or element.attached_to:
        raise MoveRefused(element_id, text("a token can only be put on an activity or an event on the way"))
    if task.task_spec.around is not None or spec.around is not None:
        raise MoveRefused(element_id, text("instances of a multi-instance activity cannot be moved"))
    splits = [name for name in spec._inputs if isinstance(specs[name], BoundaryEventSplit)]
    return specs[splits[0]] if splits else spec
