"""The classes of element that a run is made of: the library's specs, moving as flow.py says."""

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.control import (
    BoundaryEventJoin,
    BoundaryEventSplit,
    BpmnStartTask,
    SimpleBpmnTask,
)
from SpiffWorkflow.bpmn.specs.event_definitions import (
    MessageEventDefinition,
    TerminateEventDefinition,
)
from SpiffWorkflow.util.task import TaskState

from .decisions import decide
from .errors import StepFailed
from .flow import FlowNode, boundary_siblings
from .tasks import RunTask
from .values import clean, copy_of


class StartNode(FlowNode, BpmnStartTask):
    """The place of the first token, before the drawn start event."""


class PlainNode(FlowNode, SimpleBpmnTask):
    """A step of the library without a drawn element."""


class PersonNode(FlowNode, defaults.UserTask):
    """Waits, ready, until somebody completes it."""


class OperationNode(FlowNode, defaults.ServiceTask):
    """Calls a compute operation inside the step, or waits for the answer of an effect."""

    extensions: dict[str, Any]

    def _run_hook(self, my_task: RunTask) -> bool | None:
        if self.extensions["kind"] == "effect":
            return None
        host = my_task.workflow.top_workflow.host
        result = host.compute(self.extensions["operation"], self.name, copy_of(my_task.data))
        my_task.learn(clean(result or {}))
        return True


class DecisionNode(FlowNode, defaults.ServiceTask):
    """Asks a decision table."""

    extensions: dict[str, Any]

    def _run_hook(self, my_task: RunTask) -> bool:
        my_task.learn(decide(self.extensions["table"], self.name, my_task.data))
        return True


class ChoiceNode(FlowNode, defaults.ExclusiveGateway):
    """Takes the first flow whose condition holds, in the order of the file, else the default flow."""

    cond_task_specs: list[tuple[Any, str]]
    default_task_spec: str | None

    def _next_specs(self, my_task: RunTask) -> list[Any]:
        specs = self._wf_spec.task_specs
        for condition, name in self.cond_task_specs:
            if condition is not None and condition._matches(my_task):
                return [specs[name]]
        if self.default_task_spec is None:
            raise StepFailed(self.name, "no condition holds and there is no default flow")
        return [specs[self.default_task_spec]]


class EndNode(FlowNode, defaults.EndEvent):
    """Ends its token; a terminate event takes all others of the process away first."""

    event_definition: Any

    def _next_specs(self, my_task: RunTask) -> list[Any]:
        if isinstance(self.event_definition, TerminateEventDefinition):
            my_task.workflow.withdraw()
        return super()._next_specs(my_task)


class PassNode(FlowNode, defaults.IntermediateThrowEvent):
    """An event without a definition: a milestone."""


class CatchNode(FlowNode):
    """Waits for a message or a moment; it is told, it never looks at the clock."""

    event_definition: Any

    def _update_hook(self, my_task: RunTask) -> bool:
        my_task._inherit_data()
        top = my_task.workflow.top_workflow
        # The drawing says what is waited for: the library moves the definition to an event-based gateway.
        element = top.definition.elements[self.name]
        if element.kind not in ("message", "timer"):
            return True
        my_task._set_state(TaskState.WAITING)
        if element.kind == "timer":
            due = top.host.due(element.clock, self.name, copy_of(my_task.data))
            if due.utcoffset() is None:
                raise StepFailed(self.name, f"the due moment {due.isoformat()} has no offset")
            my_task.remember(due=due.isoformat())
        return False


class StartEventNode(CatchNode, defaults.StartEvent):
    """The drawn start."""


class CatchEventNode(CatchNode, defaults.IntermediateCatchEvent):
    """A message or timer on the way."""


class ReceiveNode(CatchNode, defaults.ReceiveTask):
    """A task that waits for a message."""


class BoundaryNode(CatchNode, defaults.BoundaryEvent):
    """A message or timer at the border of an activity."""

    cancel_activity: bool

    def _close_boundary(self, my_task: RunTask) -> None:
        if self.cancel_activity:
            for sibling in boundary_siblings(my_task):
                sibling.cancel()
        elif isinstance(self.event_definition, MessageEventDefinition):
            # A message that does not interrupt may come again as long as the activity is open.
            again = my_task.parent._add_child(self)
            again.task_spec._update(again)


class EventGatewayNode(FlowNode, defaults.EventBasedGateway):
    """Waits for the events behind it; the first that comes takes the others away."""


class SplitNode(FlowNode, BoundaryEventSplit):
    """Opens an activity together with its boundary events, no later than it would open without them."""

    def _on_ready(self, my_task: RunTask) -> None:
        my_task.run()


class UnusedJoinNode(FlowNode, BoundaryEventJoin):
    """The library's closing of boundary events; no token ever goes there."""


class _ActivityNode(FlowNode):
    """An activity with a process of its own inside."""

    spec: str

    def _update_hook(self, my_task: RunTask) -> bool:
        my_task._inherit_data()
        my_task._set_state(TaskState.STARTED)
        my_task.workflow.top_workflow.create_subprocess(my_task, self.spec)
        return False

    def _on_cancel(self, my_task: RunTask) -> None:
        scope = my_task.workflow.top_workflow.get_subprocess(my_task)
        if scope is not None and not scope.completed:
            scope.cancel()


class CallNode(_ActivityNode, defaults.CallActivity):
    """Runs another process inside this run."""


class SubProcessNode(_ActivityNode, defaults.SubWorkflowTask):
    """Runs the process drawn inside it."""
