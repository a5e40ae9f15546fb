"""Every element can be reached, every token can reach an end, every choice is complete."""

from collections.abc import Callable, Iterable, Iterator

from .drawing import Drawings, Node, Process
from .findings import Finding
from .known import Known


def findings(drawings: Drawings, known: Known) -> Iterator[Finding]:
    """Elements nobody reaches, dead ends, choices without condition or default."""
    for process in drawings.processes.values():
        for element, reason in (*_flows(process), *_ways(process), *_choices(process)):
            yield Finding(process.file, element, reason)


def reachable(starts: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    """All nodes that can be reached from the given ones, themselves included."""
    found: set[str] = set()
    ways = list(starts)
    while ways:
        node = ways.pop()
        if node not in found:
            found.add(node)
            ways.extend(following(node))
    return found


def starts_of(process: Process) -> list[str]:
    """Ids of the start events."""
    return [n.id for n in process.nodes.values() if n.kind == "startEvent"]


def ends_of(process: Process) -> list[str]:
    """Ids of the end events."""
    return [n.id for n in process.nodes.values() if n.kind == "endEvent"]


def _flows(process: Process) -> Iterator[tuple[str, str]]:
    for flow in process.flows:
        for end in (flow.source, flow.target):
            if end not in process.nodes:
                yield flow.id, f"the flow hangs at {end}, which is not drawn in the process"
    for node in process.nodes.values():
        yield from ((node.id, reason) for reason in _degree(process, node))


def _degree(process: Process, node: Node) -> Iterator[str]:
    into, out = len(process.incoming[node.id]), len(process.outgoing[node.id])
    if node.kind.endswith("Gateway"):
        if into < 2 and out < 2:
            yield "the gateway neither splits nor joins"
        elif node.kind == "parallelGateway" and into > 1 and out > 1:
            yield "the parallel gateway splits and joins at once; draw two gateways"
    elif node.kind != "endEvent" and out > 1:
        yield "more than one flow goes out of an element that is no gateway"
    if node.attached_to and node.attached_to not in process.nodes:
        yield f"the boundary event hangs at {node.attached_to}, which is not drawn in the process"


def _ways(process: Process) -> Iterator[tuple[str, str]]:
    if len(starts_of(process)) != 1:
        yield process.id, f"the process has {len(starts_of(process))} start events instead of one"
    forward = reachable(starts_of(process), process.after)
    back = reachable(ends_of(process), lambda node: _before(process, node))
    for node in process.nodes:
        if node not in forward:
            yield node, "the element cannot be reached from the start"
        elif node not in back:
            yield node, "no end can be reached from the element"


def _before(process: Process, node: str) -> list[str]:
    host = process.nodes[node].attached_to or ""
    return [f.source for f in process.incoming[node]] + ([host] if host in process.nodes else [])


def _choices(process: Process) -> Iterator[tuple[str, str]]:
    for node in process.nodes.values():
        out = process.outgoing[node.id]
        if node.kind != "exclusiveGateway" or len(out) < 2:
            continue
        if node.default not in [flow.id for flow in out]:
            yield node.id, "the exclusive gateway has no default flow"
            continue
        for flow in out:
            if flow.id != node.default and not flow.condition:
                yield flow.id, "the flow out of an exclusive gateway has no condition"
            if flow.id == node.default and flow.condition:
                yield flow.id, "the default flow has a condition, which nobody asks"
