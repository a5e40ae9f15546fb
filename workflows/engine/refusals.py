"""What a model may not hold, each with the sentence its author reads.

The random models of the tests must cover an element before it may be run; until then it is refused here.
"""

from collections.abc import Iterator
from typing import Any

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
FUNDGUARD = "urn:fundguard:bpmn:1"

_REFUSED_ELEMENTS = {
    "complexGateway": "a complex gateway is not supported; use exclusive and parallel gateways",
    "inclusiveGateway": "an inclusive gateway is not supported; use exclusive and parallel gateways",
    "eventBasedGateway": "an event-based gateway is not supported; use a receive task with boundary events",
    "scriptTask": "a script task is not supported; use a service task with a registered operation",
    "sendTask": "a send task is not supported; use a service task with an effect operation",
    "manualTask": "a manual task is not supported; use a user task",
    "task": "a task without a type is not supported; say whether a person or an operation does it",
    "adHocSubProcess": "an ad-hoc sub-process is not supported",
    "transaction": "a transaction is not supported",
    "standardLoopCharacteristics": "a standard loop is not supported; draw the loop with a gateway",
    "multiInstanceLoopCharacteristics": "a multi-instance activity is not supported",
    "compensateEventDefinition": "compensation is not supported",
    "signalEventDefinition": "a signal event is not supported; use a message",
    "errorEventDefinition": "an error event is not supported; use an outcome and a gateway",
    "escalationEventDefinition": "an escalation event is not supported",
    "conditionalEventDefinition": "a conditional event is not supported",
    "cancelEventDefinition": "a cancel event is not supported",
    "linkEventDefinition": "a link event is not supported; draw the flow",
    "timeCycle": "a cycle timer is not supported; name one moment with timeDate",
    "timeDuration": "a duration timer is not supported; use timeDate, the due moment comes from the clock",
    "ioSpecification": "an input and output specification is not supported",
    "dataInputAssociation": "a data association is not supported",
    "dataOutputAssociation": "a data association is not supported",
    "dataObject": "a data object is not supported",
    "dataStoreReference": "a data store is not supported",
    "callChoreography": "a choreography is not supported",
}  # fmt: skip
FLOW_NODES = {
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "userTask", "serviceTask", "businessRuleTask", "receiveTask", "callActivity", "subProcess",
    "exclusiveGateway", "parallelGateway",
}  # fmt: skip
_EVENT_DEFINITIONS = {
    "endEvent": {"terminate"},
    "intermediateCatchEvent": {"message", "timer"},
    "boundaryEvent": {"message", "timer"},
}
_ATTRIBUTES = {
    "form", "duty", "excludes", "candidates", "clock", "clockFrom", "startsClock", "stopsClock", "operation",
    "decision", "role", "variables", "dataIn", "sets", "waitsFor", "starts",
}  # fmt: skip


def local(node: Any) -> str:
    """The name of an XML element without its namespace; empty for comments."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def refusals(process: Any) -> Iterator[tuple[str, str]]:
    """Element id and sentence for everything in a `<process>` that the engine cannot run."""
    for node in process.iter():
        name = local(node)
        if name in _REFUSED_ELEMENTS:
            yield _owner(node), _REFUSED_ELEMENTS[name]
        yield from _bad_attributes(node)
        check = _CHECKS.get(name)
        if check is not None:
            yield from check(node)


def _owner(node: Any) -> str:
    while node is not None and not node.get("id"):
        node = node.getparent()
    if local(node).endswith("EventDefinition"):
        node = node.getparent()
    return node.get("id", "") if node is not None else ""


def _bad_attributes(node: Any) -> Iterator[tuple[str, str]]:
    for key in node.attrib:
        if key.startswith(f"{{{FUNDGUARD}}}") and key.rpartition("}")[2] not in _ATTRIBUTES:
            yield node.get("id", ""), f"the attribute fundguard:{key.rpartition('}')[2]} is unknown"


def definitions_of(node: Any) -> list[str]:
    """Names of the event definitions of an event, without the ending."""
    return [
        local(child).removesuffix("EventDefinition")
        for child in node
        if local(child).endswith("EventDefinition")
    ]


def _outgoing(node: Any) -> list[Any]:
    return [
        flow
        for flow in node.getparent()
        if local(flow) == "sequenceFlow" and flow.get("sourceRef") == node.get("id")
    ]


def _event(node: Any) -> Iterator[tuple[str, str]]:
    name, kinds, element = local(node), definitions_of(node), node.get("id", "")
    for kind in kinds:
        supported = f"{kind}EventDefinition" not in _REFUSED_ELEMENTS
        if supported and kind not in _EVENT_DEFINITIONS.get(name, set()):
            yield element, f"a {kind} definition is not supported on this event"
    if len(kinds) > 1:
        yield element, "an event with several definitions is not supported"
    if name in ("intermediateCatchEvent", "boundaryEvent") and not kinds:
        yield element, "the event must say what it waits for, a message or a timer"
    if len(_outgoing(node)) > 1:
        yield element, "only gateways may have more than one flow going out"
    if "timer" in kinds and not node.get(f"{{{FUNDGUARD}}}clock"):
        yield element, "a timer must name its legal clock with fundguard:clock"


def _sub_process(node: Any) -> Iterator[tuple[str, str]]:
    if node.get("triggeredByEvent") == "true":
        yield node.get("id", ""), "an event sub-process is not supported"
    yield from _task(node)


def _task(node: Any) -> Iterator[tuple[str, str]]:
    if len(_outgoing(node)) > 1:
        yield node.get("id", ""), "only gateways may have more than one flow going out"
    if node.get("isForCompensation") == "true":
        yield node.get("id", ""), "compensation is not supported"


def _exclusive(node: Any) -> Iterator[tuple[str, str]]:
    flows = _outgoing(node)
    for flow in flows:
        if len(flows) > 1 and flow.get("id") != node.get("default") and not condition_of(flow):
            yield (
                flow.get("id", ""),
                "a flow out of a gateway needs a condition or must be the default",
            )


def _parallel(node: Any) -> Iterator[tuple[str, str]]:
    targets = [flow.get("targetRef") for flow in _outgoing(node)]
    if len(set(targets)) < len(targets):
        yield (
            node.get("id", ""),
            "two flows lead from this gateway to the same element; put a task on one of them",
        )
    sources = [flow.get("sourceRef") for flow in node.getparent() if flow.get("targetRef") == node.get("id")]
    if len(set(sources)) < len(sources):
        yield (
            node.get("id", ""),
            "two flows lead to this gateway from the same element; put a task on one of them",
        )


def _flow(node: Any) -> Iterator[tuple[str, str]]:
    source = next((n for n in node.getparent() if n.get("id") == node.get("sourceRef")), None)
    if condition_of(node) and (source is None or local(source) != "exclusiveGateway"):
        yield node.get("id", ""), "only a flow out of an exclusive gateway may have a condition"


def condition_of(flow: Any) -> str | None:
    """Text of the condition of a sequence flow."""
    found = flow.find(f"{{{BPMN}}}conditionExpression")
    return (found.text or "").strip() or None if found is not None else None


_CHECKS = {
    "startEvent": _event, "endEvent": _event, "intermediateCatchEvent": _event,
    "intermediateThrowEvent": _event, "boundaryEvent": _event, "subProcess": _sub_process,
    "userTask": _task, "serviceTask": _task, "businessRuleTask": _task,
    "receiveTask": _task, "callActivity": _task, "exclusiveGateway": _exclusive,
    "parallelGateway": _parallel, "sequenceFlow": _flow,
}  # fmt: skip
