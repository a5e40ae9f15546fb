"""The drawn model as plain values: nodes, flows, lanes, shapes. Reads BPMN and DMN files, judges nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree

FUNDGUARD = "{urn:fundguard:bpmn:1}"
_NODES = {
    "startEvent", "endEvent", "userTask", "serviceTask", "businessRuleTask", "receiveTask", "callActivity",
    "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "exclusiveGateway", "parallelGateway",
    "inclusiveGateway", "eventBasedGateway", "subProcess",
}  # fmt: skip


@dataclass(frozen=True)
class Node:
    """A task, event or gateway. `says` holds its fundguard attributes; `event` names its definition, or is empty.

    `scope` is the process or sub-process in which it is drawn. `several` is "parallel" or "sequential" for an
    activity with several instances, `several_count` or `several_of` their number or the variable with their list,
    `several_item` and `several_results` the variables with the item of one and the results of all.
    """

    id: str
    kind: str
    process: str
    says: Mapping[str, str]
    text: str
    event: str
    default: str | None
    attached_to: str | None
    called: str | None
    lanes: tuple[str, ...]
    role: str | None
    label: str = ""
    scope: str = ""
    interrupting: bool = True
    several: str = ""
    several_may_stop: bool = False
    several_count: str = ""
    several_of: str = ""
    several_item: str = ""
    several_results: str = ""
    message: str = ""

    def words(self, name: str) -> tuple[str, ...]:
        """The words of an attribute that is a list."""
        return tuple(self.says.get(name, "").split())


@dataclass(frozen=True)
class Flow:
    """A sequence flow; `condition` is its expression, if it has one."""

    id: str
    source: str
    target: str
    condition: str | None
    label: str = ""


@dataclass(frozen=True)
class Process:
    """One process of a file with everything drawn in it."""

    id: str
    file: str
    nodes: Mapping[str, Node]
    flows: tuple[Flow, ...]
    lanes: Mapping[str, str | None]
    data_in: tuple[str, ...]
    shapes: Mapping[str, int] = field(repr=False)
    variables: tuple[str, ...] = ()
    title: str = ""

    @cached_property
    def outgoing(self) -> dict[str, list[Flow]]:
        """Flows by the node they leave; a flow with a loose end is left out."""
        return {
            node: [f for f in self.flows if f.source == node and f.target in self.nodes]
            for node in self.nodes
        }

    @cached_property
    def incoming(self) -> dict[str, list[Flow]]:
        """Flows by the node they enter; a flow with a loose end is left out."""
        return {
            node: [f for f in self.flows if f.target == node and f.source in self.nodes]
            for node in self.nodes
        }

    def boundaries(self, node: str) -> list[Node]:
        """Boundary events at the border of an activity."""
        return [n for n in self.nodes.values() if n.attached_to == node]

    def inside(self, scope: str) -> list[Node]:
        """Nodes drawn directly in the process or in one of its sub-processes."""
        return [n for n in self.nodes.values() if n.scope == scope]

    def before(self, node: str) -> list[str]:
        """Nodes from which a token may come to `node` next; what is passed inside a sub-process counts too."""
        host = self.nodes[node].attached_to or ""
        activity = self.nodes[node].scope if self.nodes[node].kind == "startEvent" else ""
        inner = [n.id for n in self.inside(node) if n.kind == "endEvent"]
        own = [name for name in (host, activity) if name in self.nodes]
        return [f.source for f in self.incoming[node]] + own + inner

    def after(self, node: str) -> list[str]:
        """Nodes that a token in `node` may come to next, through a flow, a boundary event, or into and out of a
        sub-process."""
        inner = [n.id for n in self.inside(node) if n.kind == "startEvent"]
        drawn = self.nodes[node]
        around = [drawn.scope] if drawn.kind == "endEvent" and drawn.scope in self.nodes else []
        return (
            [f.target for f in self.outgoing[node]] + [b.id for b in self.boundaries(node)] + inner + around
        )


@dataclass(frozen=True)
class Drawings:
    """All files of a check: root elements by file name, processes and decisions by id."""

    roots: Mapping[str, Any]
    processes: Mapping[str, Process]
    decisions: Mapping[str, tuple[str, Any]]


def parse(content: bytes) -> Any:
    """Root element of a file; entities and addresses are not followed. Raises: lxml.etree.XMLSyntaxError."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def read(roots: Mapping[str, Any]) -> Drawings:
    """Everything that the parsed files hold."""
    processes = {p.id: p for file, root in roots.items() for p in _processes(file, root)}
    decisions = {d.get("id", ""): (file, d) for file, root in roots.items() for d in root.iter("{*}decision")}
    return Drawings(roots, processes, decisions)


def local(element: Any) -> str:
    """The name of an XML element without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _processes(file: str, root: Any) -> Iterator[Process]:
    shapes = {e.get("bpmnElement"): _points(e) for e in root.iter("{*}BPMNShape", "{*}BPMNEdge")}
    for element in root.iter("{*}process"):
        lanes = {lane.get("id", ""): lane.get(FUNDGUARD + "role") for lane in element.iter("{*}lane")}
        places = [
            (reference.text.strip(), lane.get("id"))
            for lane in element.iter("{*}lane")
            for reference in lane.findall("{*}flowNodeRef")
        ]
        yield Process(
            id=element.get("id", ""),
            file=file,
            nodes={
                n.get("id", ""): _node(n, element, places, lanes)
                for n in element.iter()
                if local(n) in _NODES
            },
            flows=tuple(_flow(f) for f in element.iter("{*}sequenceFlow")),
            lanes=lanes,
            data_in=tuple(element.get(FUNDGUARD + "dataIn", "").split()),
            shapes=shapes,
            variables=tuple(element.get(FUNDGUARD + "variables", "").split()),
            title=element.get("name") or element.get("id", ""),
        )


def _points(element: Any) -> int:
    """How many waypoints an edge has; a shape with bounds counts as one."""
    return len(element.findall("{*}waypoint")) or len(element.findall("{*}Bounds"))


def _node(
    element: Any, process: Any, places: Iterable[tuple[str, str]], lanes: Mapping[str, str | None]
) -> Node:
    inside = _lanes_of(element, process, places)
    events = [c for c in element if local(c).endswith("EventDefinition")]
    several = element.find("{*}multiInstanceLoopCharacteristics")
    return Node(
        id=element.get("id", ""),
        kind=local(element),
        process=process.get("id", ""),
        says={k.removeprefix(FUNDGUARD): v for k, v in element.attrib.items() if k.startswith(FUNDGUARD)},
        text=(element.findtext("{*}documentation") or "").strip(),
        event=local(events[0]).removesuffix("EventDefinition") if events else "",
        default=element.get("default"),
        attached_to=element.get("attachedToRef"),
        called=element.get("calledElement"),
        lanes=inside,
        role=lanes[inside[0]] if inside else None,
        label=element.get("name") or "",
        scope=element.getparent().get("id", ""),
        interrupting=element.get("cancelActivity", "true") != "false",
        several=_several(several),
        several_may_stop=several is not None and several.find("{*}completionCondition") is not None,
        several_count=(several.findtext("{*}loopCardinality") or "").strip() if several is not None else "",
        several_of=(several.findtext("{*}loopDataInputRef") or "").strip() if several is not None else "",
        several_item=_named(several, "inputDataItem"),
        several_results=(several.findtext("{*}loopDataOutputRef") or "").strip()
        if several is not None
        else "",
        message=_message(element, events),
    )


def _several(several: Any) -> str:
    if several is None:
        return ""
    return "sequential" if several.get("isSequential") == "true" else "parallel"


def _named(several: Any, tag: str) -> str:
    found = several.find("{*}" + tag) if several is not None else None
    return found.get("name", "") if found is not None else ""


def _message(element: Any, events: list[Any]) -> str:
    """The name of the message that an event or receive task waits for; empty for everything else."""
    wanted = next((e.get("messageRef") for e in [*events, element] if e.get("messageRef")), None)
    messages = element.getroottree().iter("{*}message")
    return next((m.get("name") or "" for m in messages if m.get("id") == wanted), "")


def _lanes_of(element: Any, process: Any, places: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The lanes that list the node, or for a node in a sub-process those of the sub-process."""
    known = list(places)
    while element is not process:
        inside = tuple(lane for node, lane in known if node == element.get("id"))
        if inside:
            return inside
        element = element.getparent()
    return ()


def _flow(element: Any) -> Flow:
    condition = (element.findtext("{*}conditionExpression") or "").strip()
    return Flow(
        element.get("id", ""),
        element.get("sourceRef", ""),
        element.get("targetRef", ""),
        condition or None,
        element.get("name") or "",
    )
