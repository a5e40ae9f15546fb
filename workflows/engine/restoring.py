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

from . import instances, joins, nodes


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


def _restoring_registry() -> Any:
    registry = BpmnWorkflowSerializer.configure(dict(_PARSED))
    for stock, ours in _OURS.items():
        _PARSED[stock](ours, registry, typename=stock.__name__)
    return registry


_CONVERTING = BpmnWorkflowSerializer.configure(dict(_PARSED))
_RESTORING = _restoring_registry()


def spec_to_json(spec: Any) -> dict[str, Any]:
    """A parsed process spec as JSON values."""
    converted: dict[str, Any] = _CONVERTING.convert(spec)
    return converted


def spec_from_json(value: dict[str, Any]) -> Any:
    """A process spec made of this engine's classes."""
    return _RESTORING.restore(value)
