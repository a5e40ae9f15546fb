"""Turns parsed specs into JSON and back: parsed with the library's classes, restored as ours.

Restoring goes through the library's registry, which attaches what its parser leaves out.
"""

from typing import Any

from SpiffWorkflow.bpmn.serializer import DEFAULT_CONFIG, BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.task_spec import BpmnTaskSpecConverter
from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.control import (
    BoundaryEventJoin,
    BoundaryEventSplit,
    BpmnStartTask,
    SimpleBpmnTask,
    _EndJoin,
)

from . import calls, instances, joins, nodes


class BusinessRuleTask(defaults.ServiceTask):
    """What the parser makes of a business rule task."""


_OURS: dict[Any, Any] = {
    BpmnStartTask: nodes.StartNode,
    SimpleBpmnTask: nodes.PlainNode,
    _EndJoin: joins.EndJoin,
    BoundaryEventSplit: nodes.SplitNode,
    BoundaryEventJoin: nodes.UnusedJoinNode,
    defaults.UserTask: nodes.PersonNode,
    defaults.ServiceTask: nodes.OperationNode,
    BusinessRuleTask: nodes.DecisionNode,
    defaults.ReceiveTask: nodes.ReceiveNode,
    defaults.StartEvent: nodes.StartEventNode,
    defaults.EndEvent: nodes.EndNode,
    defaults.IntermediateCatchEvent: nodes.CatchEventNode,
    defaults.IntermediateThrowEvent: nodes.PassNode,
    defaults.BoundaryEvent: nodes.BoundaryNode,
    defaults.ExclusiveGateway: nodes.ChoiceNode,
    defaults.ParallelGateway: joins.JoinGateway,
    defaults.InclusiveGateway: joins.InclusiveNode,
    defaults.EventBasedGateway: nodes.EventGatewayNode,
    defaults.ParallelMultiInstanceTask: instances.ParallelInstancesNode,
    defaults.SequentialMultiInstanceTask: instances.SequentialInstancesNode,
    defaults.CallActivity: nodes.CallNode,
    defaults.SubWorkflowTask: nodes.SubProcessNode,
}
_PARSED = {
    **DEFAULT_CONFIG,
    defaults.ServiceTask: BpmnTaskSpecConverter,
    BusinessRuleTask: BpmnTaskSpecConverter,
}


# Several instances of a call activity, by the name of what the parser makes of several instances.
_CALLS: dict[Any, Any] = {
    defaults.ParallelMultiInstanceTask: calls.ParallelCallsNode,
    defaults.SequentialMultiInstanceTask: calls.SequentialCallsNode,
}
_CALLS_NAMES = {stock.__name__: ours.__name__ for stock, ours in _CALLS.items()}


def _restoring_registry() -> Any:
    registry = BpmnWorkflowSerializer.configure(dict(_PARSED))
    for stock, ours in _OURS.items():
        _PARSED[stock](ours, registry, typename=stock.__name__)
    for stock, ours in _CALLS.items():
        _PARSED[stock](ours, registry, typename=ours.__name__)
    return registry


_CONVERTING = BpmnWorkflowSerializer.configure(dict(_PARSED))
_RESTORING = _restoring_registry()


def spec_to_json(spec: Any) -> dict[str, Any]:
    """A parsed process spec as JSON values."""
    converted: dict[str, Any] = _CONVERTING.convert(spec)
    task_specs = converted["task_specs"]
    for task in task_specs.values():
        inner = task_specs.get(task.get("task_spec"))
        if inner is not None and inner["typename"] == defaults.CallActivity.__name__:
            task["typename"] = _CALLS_NAMES[task["typename"]]
    return converted


def spec_from_json(value: dict[str, Any]) -> Any:
    """A process spec made of this engine's classes."""
    return _RESTORING.restore(value)
