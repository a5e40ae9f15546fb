"""What a model may not hold, each with the sentence its author reads.

The random models of the tests must cover an element before it may be run; until then it is refused here.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
FUNDGUARD = "urn:fundguard:bpmn:1"

_REFUSED_ELEMENTS = {
    "complexGateway": "a complex gateway is not supported; use exclusive and parallel gateways",
    "scriptTask": "a script task is not supported; use a service task with a registered operation",
    "sendTask": "a send task is not supported; use a service task with an effect operation",
    "manualTask": "a manual task is not supported; use a user task",
    "task": "a task without a type is not supported; say whether a person or an operation does it",
    "adHocSubProcess": "an ad-hoc sub-process is not supported",
    "transaction": "a transaction is not supported",
    "standardLoopCharacteristics": "a standard loop is not supported; draw the loop with a gateway",
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
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway",
}  # fmt: skip
_CHOOSING = ("exclusiveGateway", "inclusiveGateway")
_EVENT_DEFINITIONS = {
    "endEvent": {"terminate"},
    "intermediateCatchEvent": {"message", "timer"},
    "boundaryEvent": {"message", "timer"},
}
_ATTRIBUTES = {
    "form", "duty", "excludes", "candidates", "clock", "clockFrom", "startsClock", "stopsClock", "operation",
    "decision", "role", "variables", "dataIn", "sets", "waitsFor", "starts", "joins",
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


def outgoing(node: Any) -> list[Any]:
    """The sequence flows that lead from an element, in the order of the file."""
    return _flows(node, "sourceRef")


def incoming(node: Any) -> list[Any]:
    """The sequence flows that lead to an element."""
    return _flows(node, "targetRef")


def _flows(node: Any, end: str) -> list[Any]:
    return _flows_by(node.getparent(), end).get(node.get("id"), [])


@lru_cache(maxsize=32)
def _flows_by(scope: Any, end: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for flow in scope.iterchildren(f"{{{BPMN}}}sequenceFlow"):
        found.setdefault(flow.get(end), []).append(flow)
    return found


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
    if len(outgoing(node)) > 1:
        yield element, "only gateways may have more than one flow going out"
    if "timer" in kinds and not node.get(f"{{{FUNDGUARD}}}clock"):
        yield element, "a timer must name its legal clock with fundguard:clock"


def _sub_process(node: Any) -> Iterator[tuple[str, str]]:
    if node.get("triggeredByEvent") == "true":
        yield node.get("id", ""), "an event sub-process is not supported"
    yield from _task(node)


def _task(node: Any) -> Iterator[tuple[str, str]]:
    if len(outgoing(node)) > 1:
        yield node.get("id", ""), "only gateways may have more than one flow going out"
    if node.get("isForCompensation") == "true":
        yield node.get("id", ""), "compensation is not supported"


def _exclusive(node: Any) -> Iterator[tuple[str, str]]:
    flows = outgoing(node)
    for flow in flows:
        if len(flows) > 1 and flow.get("id") != node.get("default") and not condition_of(flow):
            yield (
                flow.get("id", ""),
                "a flow out of a gateway needs a condition or must be the default",
            )


def _inclusive(node: Any) -> Iterator[tuple[str, str]]:
    yield from _exclusive(node)
    yield from _parallel(node)
    if (len(outgoing(node)) > 1) == (len(incoming(node)) > 1):
        yield node.get("id", ""), "an inclusive gateway must either part ways or join them"


def _parallel(node: Any) -> Iterator[tuple[str, str]]:
    targets = [flow.get("targetRef") for flow in outgoing(node)]
    if len(set(targets)) < len(targets):
        yield (
            node.get("id", ""),
            "two flows lead from this gateway to the same element; put a task on one of them",
        )
    sources = [flow.get("sourceRef") for flow in incoming(node)]
    if len(set(sources)) < len(sources):
        yield (
            node.get("id", ""),
            "two flows lead to this gateway from the same element; put a task on one of them",
        )


def _event_gateway(node: Any) -> Iterator[tuple[str, str]]:
    name, targets = node.get("id", ""), [flow.get("targetRef") for flow in outgoing(node)]
    if node.get("eventGatewayType", "Exclusive") != "Exclusive" or node.get("instantiate") == "true":
        yield name, "an event-based gateway must be exclusive and must not start the process"
    if len(set(targets)) < 2 or len(set(targets)) < len(targets):
        yield name, "an event-based gateway needs two or more events behind it"
    behind = [one for one in node.getparent() if local(one) in FLOW_NODES and one.get("id") in targets]
    bordered = {one.get("attachedToRef") for one in node.getparent()}
    for one in behind:
        if local(one) not in ("intermediateCatchEvent", "receiveTask") or one.get("id") in bordered:
            yield name, "behind an event-based gateway stand events and receive tasks without boundary events"
        elif len(incoming(one)) > 1:
            yield name, "what stands behind an event-based gateway may have no other flow leading to it"
    messages = [message for one in behind if (message := _message_of(one)) is not None]
    if len(set(messages)) < len(messages):
        yield name, "two events behind an event-based gateway wait for the same message"


def _message_of(node: Any) -> str | None:
    definition = node.find(f"{{{BPMN}}}messageEventDefinition")
    message: str | None = (node if definition is None else definition).get("messageRef")
    return message


def _flow(node: Any) -> Iterator[tuple[str, str]]:
    if condition_of(node) is None:
        return
    source = next((n for n in node.getparent() if n.get("id") == node.get("sourceRef")), None)
    if source is None or local(source) not in _CHOOSING:
        yield node.get("id", ""), "only a flow out of an exclusive or inclusive gateway may have a condition"


def condition_of(flow: Any) -> str | None:
    """Text of the condition of a sequence flow."""
    found = flow.find(f"{{{BPMN}}}conditionExpression")
    return (found.text or "").strip() or None if found is not None else None


_CHECKS = {
    "startEvent": _event, "endEvent": _event, "intermediateCatchEvent": _event,
    "intermediateThrowEvent": _event, "boundaryEvent": _event, "subProcess": _sub_process,
    "userTask": _task, "serviceTask": _task, "businessRuleTask": _task,
    "receiveTask": _task, "callActivity": _task, "exclusiveGateway": _exclusive,
    "parallelGateway": _parallel, "inclusiveGateway": _inclusive,
    "eventBasedGateway": _event_gateway, "sequenceFlow": _flow,
}  # fmt: skip
