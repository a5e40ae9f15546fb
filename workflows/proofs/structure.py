"""Every element can be reached, every token can reach an end, every choice is complete."""

from collections.abc import Iterator

from workflows.rules.texts import Text, text

from .drawing import Drawings, Node, Process
from .findings import Finding, finding
from .known import Known
from .ways import reachable


def findings(drawings: Drawings, known: Known) -> Iterator[Finding]:
    """Elements nobody reaches, dead ends, choices without condition or default."""
    for process in drawings.processes.values():
        for element, reason in (*_flows(process), *_ways(process), *_choices(process)):
            yield finding(process.file, element, reason)


def starts_of(process: Process) -> list[str]:
    """Ids of the start events of the process itself."""
    return [n.id for n in process.inside(process.id) if n.kind == "startEvent"]


def ends_of(process: Process) -> list[str]:
    """Ids of the end events of the process itself."""
    return [n.id for n in process.inside(process.id) if n.kind == "endEvent"]


def _flows(process: Process) -> Iterator[tuple[str, Text]]:
    for flow in process.flows:
        for end in (flow.source, flow.target):
            if end not in process.nodes:
                yield flow.id, text("the flow hangs at %(end)s, which is not drawn in the process", end=end)
    for node in process.nodes.values():
        yield from ((node.id, reason) for reason in _degree(process, node))


def _degree(process: Process, node: Node) -> Iterator[Text]:
    into, out = len(process.incoming[node.id]), len(process.outgoing[node.id])
    if node.kind.endswith("Gateway"):
        if into < 2 and out < 2:
            yield text("the gateway neither splits nor joins")
        elif node.kind == "parallelGateway" and into > 1 and out > 1:
            yield text("the parallel gateway splits and joins at once; draw two gateways")
    elif node.kind != "endEvent" and out > 1:
        yield text("more than one flow goes out of an element that is no gateway")
    if node.attached_to and node.attached_to not in process.nodes:
        yield text(
            "the boundary event hangs at %(attached_to)s, which is not drawn in the process",
            attached_to=node.attached_to,
        )


def _ways(process: Process) -> Iterator[tuple[str, Text]]:
    for scope in (process.id, *(n.id for n in process.nodes.values() if n.kind == "subProcess")):
        starts = [n for n in process.inside(scope) if n.kind == "startEvent"]
        if len(starts) != 1:
            yield scope, text("the process has %(count)s start events instead of one", count=len(starts))
    forward = reachable(starts_of(process), process.after)
    back = reachable(ends_of(process), process.before)
    for node in process.nodes:
        if node not in forward:
            yield node, text("the element cannot be reached from the start")
        elif node not in back:
            yield node, text("no end can be reached from the element")


def _choices(process: Process) -> Iterator[tuple[str, Text]]:
    for node in process.nodes.values():
        out = process.outgoing[node.id]
        if node.kind != "exclusiveGateway" or len(out) < 2:
            continue
        if node.default not in [flow.id for flow in out]:
            yield node.id, text("the exclusive gateway has no default flow")
            continue
        for flow in out:
            if flow.id != node.default and not flow.condition:
                yield flow.id, text("the flow out of an exclusive gateway has no condition")
            if flow.id == node.default and flow.condition:
                yield flow.id, text("the default flow has a condition, which nobody asks")
