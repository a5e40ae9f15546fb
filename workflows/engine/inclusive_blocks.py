"""Inclusive joins that may be drawn: each closes the block of one fork, so that it can tell who is still to come.

The standard's rule asks what tokens elsewhere could still do; outside of blocks two joins may wait for each other
for ever. So the last fork before the join on every way must be an inclusive or parallel gateway, nothing may lead
into the block but its fork, and nothing back to the fork but what has passed the join.
"""

from collections.abc import Iterator
from typing import Any

from .refusals import FLOW_NODES, incoming, local, outgoing

_Graph = dict[str, set[str]]


def unpaired_gateways(scope: Any) -> Iterator[tuple[str, str]]:
    """Element id and sentence for the inclusive gateways of a process that close or open no block."""
    nodes = {node.get("id", ""): node for node in scope if local(node) in FLOW_NODES}
    inclusive = {name for name, node in nodes.items() if local(node) == "inclusiveGateway"}
    if not inclusive:
        return
    graph: _Graph = {name: set() for name in nodes}
    for name, node in nodes.items():
        graph[name] |= {flow.get("targetRef") for flow in outgoing(node)}
        if node.get("attachedToRef"):
            graph[node.get("attachedToRef")].add(name)
    start = next(name for name, node in nodes.items() if local(node) == "startEvent")
    joins = [name for name in nodes if name in inclusive and len(incoming(nodes[name])) > 1]
    always = _always_before(graph, start)
    closed: set[str] = set()
    for join in joins:
        fork = max(always[join] - {join}, key=lambda name: len(always[name]), default=start)
        if not _is_block(graph, start, nodes.get(fork), fork, join) or fork in closed:
            yield join, "an inclusive join must close the block of one inclusive or parallel gateway"
        closed.add(fork)
    for name in sorted(inclusive - set(joins) - closed):
        yield name, "the ways of an inclusive gateway must meet in one inclusive join"


def _reached(graph: _Graph, start: str, *, without: str) -> set[str]:
    found: set[str] = set()
    ways = [start]
    while ways:
        name = ways.pop()
        if name not in found and name != without:
            found.add(name)
            ways += graph[name]
    return found


def _always_before(graph: _Graph, start: str) -> dict[str, set[str]]:
    """For each element those that every way to it passes, itself among them."""
    always = {start: {start}}
    changed = [start]
    while changed:
        name = changed.pop(0)
        for target in graph[name] - {start}:
            known = always.get(target)
            found = always[name] | {target} if known is None else (always[name] | {target}) & known
            if found != known:
                always[target] = found
                changed.append(target)
    return always


def _is_block(graph: _Graph, start: str, node: Any, fork: str, join: str) -> bool:
    if local(node) not in ("inclusiveGateway", "parallelGateway") or len(graph[fork]) < 2:
        return False
    inside = set().union(*(_reached(graph, name, without=join) for name in graph[fork]))
    outside = _reached(graph, start, without=fork) | _reached(graph, join, without=fork)
    into_join = {name for name, following in graph.items() if join in following}
    return fork not in inside and not inside & outside and into_join <= inside | {fork}
