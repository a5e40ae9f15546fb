"""Every parallel split has one join that waits for exactly its branches."""

from collections.abc import Iterator
from dataclasses import dataclass

from .drawing import Drawings, Flow, Process
from .findings import Finding
from .known import Known


@dataclass(frozen=True)
class _Branch:
    """What lies on a branch: its nodes, the flows by which it comes to a join, whether it leaves the block."""

    nodes: frozenset[str]
    arrivals: frozenset[Flow]
    leaves: bool


def findings(drawings: Drawings, known: Known) -> Iterator[Finding]:
    """Splits whose branches do not meet, and joins that no split feeds."""
    for process in drawings.processes.values():
        joined: set[str] = set()
        for split in _parallel(process, splits=True):
            join, reason = _join_of(process, split)
            joined.add(join)
            if reason:
                yield Finding(process.file, split, reason)
        for join in _parallel(process, splits=False):
            if join not in joined:
                yield Finding(process.file, join, "no parallel split belongs to this join")


def _parallel(process: Process, *, splits: bool) -> list[str]:
    side = process.outgoing if splits else process.incoming
    return [n.id for n in process.nodes.values() if n.kind == "parallelGateway" and len(side[n.id]) > 1]


def _join_of(process: Process, split: str) -> tuple[str, str]:
    """The join of a split and, if they do not fit, the reason."""
    branches = [_branch(process, split, flow) for flow in process.outgoing[split]]
    joins = {flow.target for branch in branches for flow in branch.arrivals}
    join = min(joins, default="")
    if any(branch.leaves for branch in branches):
        return join, "a branch of the parallel split leaves the block without passing its join"
    if len(joins) != 1:
        return join, f"the branches of the parallel split meet at {len(joins)} joins instead of one"
    arrivals = [flow for branch in branches for flow in branch.arrivals]
    if any(len(branch.arrivals) != 1 for branch in branches) or len(set(arrivals)) != len(arrivals):
        return join, f"a branch does not come to {join} by exactly one flow of its own"
    if len(arrivals) != len(process.incoming[join]):
        return join, f"{join} waits for more flows than the split has branches"
    inside = frozenset({split}).union(*(branch.nodes for branch in branches))
    entered = [f for node in inside - {split} for f in process.incoming[node] if f.source not in inside]
    return join, "a flow enters the parallel block past its split" if entered else ""


def _branch(process: Process, split: str, first: Flow) -> _Branch:
    """Follow a branch up to its join; an inner block counts as one step from its split to its join."""
    nodes: set[str] = set()
    arrivals: set[Flow] = set()
    leaves = False
    ways: list[tuple[Flow | None, str]] = [(first, first.target)]
    while ways:
        flow, node = ways.pop()
        if flow is not None and _is_join(process, node):
            arrivals.add(flow)
        elif node == split or process.nodes[node].kind == "endEvent":
            leaves = True
        elif node not in nodes:
            nodes.add(node)
            ways.extend(_next(process, node, nodes))
    return _Branch(frozenset(nodes), frozenset(arrivals), leaves)


def _next(process: Process, node: str, nodes: set[str]) -> list[tuple[Flow | None, str]]:
    if node in _parallel(process, splits=True):
        inner, _ = _join_of(process, node)
        nodes.update(*(_branch(process, node, f).nodes for f in process.outgoing[node]), {inner})
        return [(flow, flow.target) for flow in process.outgoing.get(inner, [])]
    boundaries: list[tuple[Flow | None, str]] = [(None, b.id) for b in process.boundaries(node)]
    return boundaries + [(flow, flow.target) for flow in process.outgoing[node]]


def _is_join(process: Process, node: str) -> bool:
    return process.nodes[node].kind == "parallelGateway" and len(process.incoming[node]) > 1
