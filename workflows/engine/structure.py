"""Loose ends of a drawing: what no token could reach or leave. Whether joins fit their forks is for the proofs."""

from collections.abc import Iterator
from typing import Any

from .refusals import FLOW_NODES, local

_ACTIVITIES = {
    "userTask", "serviceTask", "businessRuleTask", "receiveTask", "callActivity", "subProcess",
}  # fmt: skip


def loose_ends(process: Any) -> Iterator[tuple[str, str]]:
    """Element id and sentence for each loose end of a process and of the sub-processes drawn in it."""
    for scope in (process, *(node for node in process.iter() if local(node) == "subProcess")):
        yield from _Scope(scope).problems()


class _Scope:
    def __init__(self, scope: Any) -> None:
        self.name: str = scope.get("id", "")
        self.nodes = {node.get("id", ""): node for node in scope if local(node) in FLOW_NODES}
        flows = [node for node in scope if local(node) == "sequenceFlow"]
        self.flows = [(flow.get("id", ""), flow.get("sourceRef"), flow.get("targetRef")) for flow in flows]
        self.sources = {source for _, source, _ in self.flows}
        self.targets = {target for _, _, target in self.flows}

    def problems(self) -> Iterator[tuple[str, str]]:
        """Flows first: the other checks follow them."""
        for flow, source, target in self.flows:
            if source not in self.nodes or target not in self.nodes:
                yield flow, "the flow does not join two elements of the same process"
        kinds = [local(node) for node in self.nodes.values()]
        if kinds.count("startEvent") != 1:
            yield self.name, "a process and a sub-process need exactly one start event"
        if "endEvent" not in kinds:
            yield self.name, "a process and a sub-process need an end event"
        for name, node in self.nodes.items():
            yield from ((name, sentence) for sentence in self._node(name, node))
        for name in self.nodes.keys() - self._reached():
            yield name, "no token can reach this element"

    def _node(self, name: str, node: Any) -> Iterator[str]:
        kind = local(node)
        if (kind == "endEvent") == (name in self.sources):
            yield "a flow leads out of an end" if kind == "endEvent" else "no flow leads out of this element"
        if kind in ("startEvent", "boundaryEvent") and name in self.targets:
            yield "no flow may lead to a start or boundary event"
        if kind == "boundaryEvent":
            activity = self.nodes.get(node.get("attachedToRef"))
            if activity is None or local(activity) not in _ACTIVITIES:
                yield "a boundary event must be attached to an activity of the same process"

    def _reached(self) -> set[str]:
        reached: set[str] = set()
        ways = [name for name, node in self.nodes.items() if local(node) == "startEvent"]
        while ways:
            name = ways.pop()
            if name in reached:
                continue
            reached.add(name)
            ways += [target for _, source, target in self.flows if source == name]
            ways += [event for event, node in self.nodes.items() if node.get("attachedToRef") == name]
        return reached
