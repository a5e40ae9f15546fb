"""Reads what the drawing says about each element: lane, law, clocks, duties, operation."""

from collections.abc import Iterator, Mapping
from typing import Any

from .errors import ExpressionRefused, ModelRefused
from .expressions import compile_expression
from .model import Branch, Element, ElementKind, Variable
from .refusals import BPMN, FLOW_NODES, FUNDGUARD, condition_of, definitions_of, local

_KINDS: dict[str, ElementKind] = {
    "startEvent": "start",
    "endEvent": "end",
    "userTask": "person",
    "businessRuleTask": "decision",
    "receiveTask": "message",
    "intermediateThrowEvent": "pass",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "eventBasedGateway": "event_gateway",
    "callActivity": "call",
    "subProcess": "subprocess",
}


class ElementReader:
    """Reads the elements of one process of one file."""

    def __init__(self, file: str, process: Any, operations: Mapping[str, str]) -> None:
        self.file, self.process, self.operations = file, process, operations
        self.process_id: str = process.get("id")
        self.messages = {m.get("id"): m.get("name") for m in process.getroottree().iter(f"{{{BPMN}}}message")}
        self.roles = dict(self._lane_roles())

    def elements(self) -> Iterator[Element]:
        """Every flow node of the process and of the sub-processes drawn in it. Raises: ModelRefused."""
        for node in self.process.iter():
            if local(node) in FLOW_NODES:
                yield self._element(node)

    def refuse(self, element: str, reason: str) -> ModelRefused:
        """The refusal of an element of this process."""
        return ModelRefused(self.file, element, reason)

    def _lane_roles(self) -> Iterator[tuple[str, str | None]]:
        for lane in self.process.iter(f"{{{BPMN}}}lane"):
            for reference in lane.findall(f"{{{BPMN}}}flowNodeRef"):
                yield (reference.text or "").strip(), lane.get(f"{{{FUNDGUARD}}}role")

    def _lane(self, node: Any) -> str | None:
        while node is not None and node is not self.process:
            if node.get("id") in self.roles:
                return self.roles[node.get("id")]
            node = node.getparent()
        return None

    def _element(self, node: Any) -> Element:
        kind = self._kind(node)
        article, text = _documentation(node)
        element_id = node.get("id") or ""
        if not element_id.isidentifier():
            raise self.refuse(element_id, "an element needs an id in snake_case")
        lane = self._lane(node)
        if kind == "person" and not lane:
            raise self.refuse(element_id, "a user task must lie in a lane with fundguard:role")
        return Element(
            element_id=element_id,
            process_id=self.process_id,
            kind=kind,
            label=node.get("name") or "",
            lane=lane,
            article=article,
            text=text,
            form=_attribute(node, "form") or (element_id if kind == "person" else None),
            duty=_attribute(node, "duty"),
            excludes=_words(node, "excludes"),
            candidates=_attribute(node, "candidates"),
            clock=_attribute(node, "clock"),
            clock_from=_attribute(node, "clockFrom"),
            starts_clock=_words(node, "startsClock"),
            stops_clock=_words(node, "stopsClock"),
            operation=_attribute(node, "operation"),
            message=self._message(node) if kind == "message" else None,
            decision=self._decision(node) if kind == "decision" else None,
            called=node.get("calledElement"),
            attached_to=node.get("attachedToRef"),
            interrupting=node.get("cancelActivity", "true") != "false",
            sets=tuple(Variable(*word) for word in _variables(node, "sets")),
            branches=tuple(self._branches(node)) if kind in ("exclusive", "inclusive") else (),
        )

    def _kind(self, node: Any) -> ElementKind:
        name, events = local(node), definitions_of(node)
        if name == "callActivity" and node.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics") is not None:
            return "calls"
        if name == "serviceTask":
            return self._operation_kind(node)
        if name == "endEvent" and "terminate" in events:
            return "terminate"
        if name in ("intermediateCatchEvent", "boundaryEvent"):
            return "timer" if "timer" in events else "message"
        return _KINDS[name]

    def _operation_kind(self, node: Any) -> ElementKind:
        operation = _attribute(node, "operation")
        if operation is None:
            raise self.refuse(
                node.get("id", ""), "a service task must name its operation with fundguard:operation"
            )
        kind = self.operations.get(operation)
        if kind not in ("compute", "effect"):
            raise self.refuse(node.get("id", ""), f"the operation {operation} is not registered")
        return "effect" if kind == "effect" else "compute"

    def _decision(self, node: Any) -> str:
        decision = _attribute(node, "decision")
        if decision is None:
            raise self.refuse(
                node.get("id", ""), "a business rule task must name its table with fundguard:decision"
            )
        return decision

    def _message(self, node: Any) -> str:
        definition = node.find(f"{{{BPMN}}}messageEventDefinition")
        reference = (node if definition is None else definition).get("messageRef")
        name: str | None = self.messages.get(reference)
        if not name:
            raise self.refuse(node.get("id", ""), "the message it waits for is not defined")
        return name

    def _branches(self, node: Any) -> Iterator[Branch]:
        for flow in node.getparent().findall(f"{{{BPMN}}}sequenceFlow"):
            if flow.get("sourceRef") != node.get("id"):
                continue
            condition = condition_of(flow) if flow.get("id") != node.get("default") else None
            try:
                if condition is not None:
                    compile_expression(condition)
            except ExpressionRefused as error:
                raise self.refuse(flow.get("id", ""), str(error)) from error
            yield Branch(flow.get("id", ""), flow.get("name") or "", condition, flow.get("targetRef", ""))


def variables_of(process: Any) -> tuple[str, ...]:
    """Variables that a process declares; they start as None unless the caller sets them."""
    return _words(process, "variables")


def inputs_of(process: Any) -> set[str] | None:
    """Names of the data with which a process starts, if it says so."""
    if _attribute(process, "dataIn") is None:
        return None
    return {name for name, _ in _variables(process, "dataIn")}


def _attribute(node: Any, name: str) -> str | None:
    value = (node.get(f"{{{FUNDGUARD}}}{name}") or "").strip()
    return value or None


def _words(node: Any, name: str) -> tuple[str, ...]:
    return tuple((_attribute(node, name) or "").split())


def _variables(node: Any, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Pairs of `decision=penalty|no_penalty fine_fen`."""
    for word in _words(node, name):
        variable, _, values = word.partition("=")
        yield variable, tuple(values.split("|")) if values else ()


def _documentation(node: Any) -> tuple[str, str]:
    found = node.find(f"{{{BPMN}}}documentation")
    lines = [line.strip() for line in (found.text or "").strip().splitlines()] if found is not None else []
    return (lines[0], "\n".join(line for line in lines[1:] if line)) if lines else ("", "")
