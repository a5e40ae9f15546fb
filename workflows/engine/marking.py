"""Where the tokens of a run stand, as the drawing names the places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.defaults import EventBasedGateway

from .codec import restore
from .definition import Definition
from .flow import boundary_siblings
from .joins import EndJoin
from .model import Host
from .nodes import BoundaryNode, DecisionNode
from .runs import Run, SubRun
from .tasks import RunTask


@dataclass(frozen=True, slots=True)
class Place:
    """One token. `path` names the activities around it, outermost first; `source` is the element from which it came to
    a join. A token that has reached an end has no place."""

    path: tuple[str, ...]
    element_id: str
    source: str
    data: Mapping[str, Any]


def marking(definition: Definition, state: bytes, *, host: Host) -> tuple[Place, ...]:
    """The places of all tokens; an activity with its boundary events is one, and so are the events of a gateway."""
    run = restore(definition, state, host)
    return tuple(place for scope in run.scopes() for task in scope.open_here() for place in _place(run, task))


def is_alone(definition: Definition, state: bytes, task_id: str, *, host: Host) -> bool:
    """Whether a token is the only one in its process or sub-process."""
    task = next(
        (task for task in restore(definition, state, host).open_tasks() if str(task.id) == task_id), None
    )
    if task is None:
        return True
    own = [task, *boundary_siblings(task)]
    return all(other in own for other in task.workflow.open_here())


def tables(definition: Definition) -> dict[str, Any]:
    """The decision tables of a definition, by the name under which the drawing asks them."""
    specs = (spec for process in definition.subprocess_specs.values() for spec in process.task_specs.values())
    asked = (spec for spec in specs if isinstance(spec, DecisionNode))
    return {definition.elements[spec.name].decision or "": spec.extensions["table"] for spec in asked}


def _place(run: Run, task: RunTask) -> Iterator[Place]:
    spec, parent = task.task_spec, task.parent
    if isinstance(spec, EndJoin) or (isinstance(spec, BoundaryNode) and _is_held(task)):
        return
    element = spec.bpmn_id or spec.name
    if parent is not None and isinstance(parent.task_spec, EventBasedGateway):
        if task is not next(child for child in parent.children if child.unfinished):
            return
        element = parent.task_spec.name
    yield Place(_path(run, task.workflow), element, task.internal_data.get("source", ""), task.data)


def _is_held(task: RunTask) -> bool:
    """Whether a boundary event still waits at its activity."""
    return task.parent is not None and isinstance(task.parent.task_spec, BoundaryEventSplit)


def _path(run: Run, scope: Run | SubRun) -> tuple[str, ...]:
    if not isinstance(scope, SubRun):
        return ()
    activity = run.get_task_from_id(scope.parent_task_id)
    return (*_path(run, activity.workflow), activity.task_spec.name)
