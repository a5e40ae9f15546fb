"""Draws small BPMN models for the tests, without a diagram."""

import re
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:fundguard="urn:fundguard:bpmn:1"'
    ' targetNamespace="urn:test">'
)
TIMER = "<timerEventDefinition><timeDate>due</timeDate></timerEventDefinition>"


class Drawing:
    """One process; nodes and flows in the order in which they are added."""

    def __init__(self, process_id: str = "p", *, attributes: str = "") -> None:
        self.process_id = process_id
        self.attributes = attributes
        self.inside: list[str] = []
        self.people: list[str] = []
        self.messages: dict[str, None] = {}
        self.flows: list[tuple[str, str, str | None]] = []
        self.defaults: dict[str, str] = {}
        self.scopes: list[list[str]] = [self.inside]

    def add(self, tag: str, element: str, inner: str = "", **attributes: str) -> str:
        """An element; `fg_clock="x"` becomes `fundguard:clock="x"`."""
        names = {key: key.replace("fg_", "fundguard:") for key in attributes}
        written = "".join(f" {names[key]}={quoteattr(value)}" for key, value in attributes.items())
        self.scopes[-1].append(f"<{tag} id={quoteattr(element)}{written}@{element}@>{inner}</{tag}>")
        return element

    def person(self, element: str, **attributes: str) -> str:
        """A user task in the only lane."""
        self.people.append(element)
        return self.add("userTask", element, **attributes)

    def start(self, element: str = "start") -> str:
        """A start event."""
        return self.add("startEvent", element)

    def end(self, element: str = "end", *, terminate: bool = False) -> str:
        """An end event."""
        return self.add("endEvent", element, "<terminateEventDefinition/>" if terminate else "")

    def boundary(
        self, element: str, at: str, *, message: str | None = None, interrupting: bool = True
    ) -> str:
        """A boundary event: for a message if one is named, else a timer."""
        mark = "true" if interrupting else "false"
        return self._event("boundaryEvent", element, message, attachedToRef=at, cancelActivity=mark)

    def catch(self, element: str, *, message: str | None = None) -> str:
        """An intermediate event: for a message if one is named, else a timer."""
        return self._event("intermediateCatchEvent", element, message)

    def _event(self, tag: str, element: str, message: str | None, **attributes: str) -> str:
        if message:
            return self.add(tag, element, self._message(message), **attributes)
        return self.add(tag, element, TIMER, fg_clock="period", **attributes)

    def receive(self, element: str, message: str) -> str:
        """A receive task."""
        self.messages[message] = None
        return self.add("receiveTask", element, messageRef=f"m_{message}")

    def _message(self, message: str) -> str:
        self.messages[message] = None
        return f'<messageEventDefinition messageRef="m_{message}"/>'

    def flow(self, source: str, target: str, condition: str | None = None, *, default: bool = False) -> None:
        """A sequence flow in the open scope."""
        flow_id = f"f_{source}_{target}_{len(self.flows)}"
        self.flows.append((source, target, condition))
        if default:
            self.defaults[source] = flow_id
        inner = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
        ends = f'sourceRef="{source}" targetRef="{target}"'
        self.scopes[-1].append(f'<sequenceFlow id="{flow_id}" {ends}>{inner}</sequenceFlow>')

    def line(self, *elements: str) -> None:
        """Flows from each element to the next."""
        for source, target in pairwise(elements):
            self.flow(source, target)

    def open_sub(self) -> None:
        """What is added from now on lies in an embedded sub-process."""
        self.scopes.append([])

    def close_sub(self, element: str) -> str:
        """Close the sub-process opened last and give it its id."""
        return self.add("subProcess", element, "".join(self.scopes.pop()))

    def xml(self) -> bytes:
        """The file."""
        people = "".join(f"<flowNodeRef>{person}</flowNodeRef>" for person in self.people)
        lane = f'<lane id="lane_{self.process_id}" name="办案" fundguard:role="case_handler">{people}</lane>'
        body = f'<laneSet id="lanes_{self.process_id}">{lane}</laneSet>{"".join(self.inside)}'
        for element, flow_id in self.defaults.items():
            body = body.replace(f"@{element}@", f' default="{flow_id}"')
        body = re.sub("@[a-z_0-9]+@", "", body)
        messages = "".join(f'<message id="m_{name}" name="{name}"/>' for name in self.messages)
        head = (
            f'<process id="{self.process_id}" name="{self.process_id}" isExecutable="true" {self.attributes}>'
        )
        return f"{HEAD}{messages}{head}{body}</process></definitions>".encode()
