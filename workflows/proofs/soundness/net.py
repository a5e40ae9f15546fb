"""A process with all that it calls as one net: what a token may pass, what it reads and writes on the way."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workflows.engine import ExpressionRefused, ModelRefused
from workflows.engine.decisions import Table, read_table
from workflows.engine.expressions import names_in
from workflows.proofs.drawing import Drawings, Flow, Node, Process
from workflows.proofs.ways import reachable

# Where a token waits until somebody or something outside acts.
WAITING = {"userTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway"}
JOINING = {"parallelGateway", "inclusiveGateway"}
CHOOSING = {"exclusiveGateway", "inclusiveGateway"}


@dataclass(frozen=True, eq=False)
class Net:
    """The drawings that a root process reaches through its calls. Ids are unique over all of them."""

    root: Process
    processes: Mapping[str, Process]
    tables: Mapping[str, Table]
    effects: frozenset[str]

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every node by its id."""
        return {node.id: node for process in self.processes.values() for node in process.nodes.values()}

    @cached_property
    def out(self) -> dict[str, list[Flow]]:
        """Flows by the node that they leave, in the order of the file."""
        return {node: flows for p in self.processes.values() for node, flows in p.outgoing.items()}

    @cached_property
    def into(self) -> dict[str, list[Flow]]:
        """Flows by the node that they enter."""
        return {node: flows for p in self.processes.values() for node, flows in p.incoming.items()}

    @cached_property
    def flows(self) -> dict[str, Flow]:
        """Every flow by its id."""
        return {flow.id: flow for process in self.processes.values() for flow in process.flows}

    @cached_property
    def borders(self) -> dict[str, list[Node]]:
        """Boundary events by their activity."""
        found: dict[str, list[Node]] = {node: [] for node in self.nodes}
        for node in self.nodes.values():
            if node.attached_to in found:
                found[node.attached_to or ""].append(node)
        return found

    @cached_property
    def starts(self) -> dict[str, str]:
        """The start event of each process and sub-process."""
        return {node.scope: node.id for node in self.nodes.values() if node.kind == "startEvent"}

    def file_of(self, node: str) -> str:
        """The file in which a node is drawn."""
        return self.processes[self.nodes[node].process].file

    def inner(self, node: Node) -> str:
        """The process or sub-process that an activity opens, or empty."""
        if node.kind == "callActivity":
            return node.called or ""
        return node.id if node.kind == "subProcess" else ""

    def waits(self, node: Node) -> bool:
        """Whether a token stays here until something outside happens."""
        return node.kind in WAITING or node.says.get("operation", "") in self.effects

    def is_join(self, node: str) -> bool:
        """Whether tokens wait for each other here."""
        return self.nodes[node].kind in JOINING and len(self.into[node]) > 1

    @cached_property
    def behind(self) -> dict[str, frozenset[str]]:
        """For each join, its flows that can only be reached through the join itself: nothing else comes with them."""
        return {node: self._behind(node) for node in self.nodes if self.is_join(node)}

    def _behind(self, join: str) -> frozenset[str]:
        process = self.processes[self.nodes[join].process]
        start = self.starts[self.nodes[join].scope]
        reached = reachable([start], lambda node: [] if node == join else process.after(node)) - {join}
        return frozenset(flow.id for flow in self.into[join] if flow.source not in reached)

    @cached_property
    def upstream(self) -> dict[str, frozenset[str]]:
        """For each flow into a join, the nodes from which a token can still come to it without passing the join."""
        return {f.id: self._upstream(f) for node in self.behind for f in self.into[node]}

    def _upstream(self, flow: Flow) -> frozenset[str]:
        process = self.processes[self.nodes[flow.target].process]
        join = flow.target
        return frozenset(
            reachable([flow.source], lambda node: [] if node == join else process.before(node)) - {join}
        )

    def reads(self, node: Node) -> frozenset[str]:
        """Variables on which the way of a token depends when it passes the node."""
        if node.kind == "businessRuleTask":
            table = self.tables[node.says["decision"]]
            return frozenset(name for text in table["inputs"] for name in names_in(text))
        if node.kind not in CHOOSING:
            return frozenset()
        conditions = [flow.condition for flow in self.out[node.id] if flow.condition]
        return frozenset(name for text in conditions for name in names_in(text))

    def writes(self, node: Node) -> dict[str, tuple[str, ...]]:
        """Variables that passing the node surely sets, with the words that it declares for them."""
        if node.kind == "businessRuleTask":
            return dict.fromkeys(self.tables[node.says["decision"]]["outputs"], ())
        # What a called process sets is known from its own drawing.
        tokens = () if node.kind == "callActivity" else node.words("sets")
        parts = [token.partition("=") for token in tokens]
        return {name: tuple(words.split("|")) if words else () for name, _, words in parts}

    @cached_property
    def started(self) -> frozenset[str]:
        """Processes that elements of this net start as runs of their own, or whose running run they join."""
        return frozenset(
            process
            for node in self.nodes.values()
            for process in (*node.words("starts"), *node.words("joins"))
        )

    def answering(self, node: Node) -> set[str]:
        """Processes of which a wait says that they answer, as far as this net starts them."""
        return {name.partition(".")[0] for name in node.words("waitsFor")} & self.started

    @cached_property
    def awaited(self) -> frozenset[str]:
        """Started processes for whose answer something waits."""
        return frozenset().union(*(self.answering(node) for node in self.nodes.values()))

    @cached_property
    def read_anywhere(self) -> frozenset[str]:
        """All variables that decide anything."""
        return frozenset().union(*(self.reads(node) for node in self.nodes.values()))

    def conditions(self) -> Iterator[ast.expr]:
        """Every condition of a choice."""
        for flow in self.flows.values():
            if flow.condition and self.nodes[flow.source].kind in CHOOSING:
                yield ast.parse(flow.condition.strip(), mode="eval").body


def nets_of(drawings: Drawings, operations: Mapping[str, str]) -> Iterator[Net]:
    """A net for every process that can be played; what cannot is the business of the other proofs."""
    effects = frozenset(name for name, kind in operations.items() if kind == "effect")
    if len({n for p in drawings.processes.values() for n in p.nodes}) < sum(
        len(p.nodes) for p in drawings.processes.values()
    ):
        return
    for root in drawings.processes.values():
        net = net_of(root, drawings, dict(_tables(drawings)), effects)
        if net is not None:
            yield net


def net_of(
    root: Process, drawings: Drawings, tables: Mapping[str, Table], effects: frozenset[str]
) -> Net | None:
    """The net of a process with all that it calls, or None if it cannot be played."""
    processes = _reached(root, drawings)
    asked = {n.says.get("decision", "") for process in processes.values() for n in process.nodes.values()}
    net = Net(root, processes, {name: table for name, table in tables.items() if name in asked}, effects)
    is_playable = all(_is_playable(process, net, drawings) for process in processes.values())
    return net if is_playable else None


def _reached(root: Process, drawings: Drawings) -> dict[str, Process]:
    return {
        name: drawings.processes[name]
        for name in sorted(reachable([root.id], lambda p: _called(p, drawings)))
    }


def _called(process: str, drawings: Drawings) -> list[str]:
    called = [n.called or "" for n in drawings.processes[process].nodes.values() if n.kind == "callActivity"]
    return [name for name in called if name in drawings.processes]


def _tables(drawings: Drawings) -> Iterator[tuple[str, Any]]:
    for name, (file, decision) in drawings.decisions.items():
        try:
            yield name, read_table(decision, file)
        except ModelRefused:
            continue


def _is_playable(process: Process, net: Net, drawings: Drawings) -> bool:
    scopes = [process.id, *(n.id for n in process.nodes.values() if n.kind == "subProcess")]
    one_start = all(sum(n.kind == "startEvent" for n in process.inside(scope)) == 1 for scope in scopes)
    joined = all(f.source in process.nodes and f.target in process.nodes for f in process.flows)
    return one_start and joined and all(_node_is_playable(node, net) for node in process.nodes.values())


def _node_is_playable(node: Node, net: Net) -> bool:
    if node.kind == "callActivity" and (node.called not in net.processes or _calls_itself(node, net)):
        return False
    if node.kind == "businessRuleTask" and node.says.get("decision", "") not in net.tables:
        return False
    if node.kind == "boundaryEvent" and node.attached_to not in net.nodes:
        return False
    try:
        net.reads(node)
    except ExpressionRefused:
        return False
    return True


def _calls_itself(node: Node, net: Net) -> bool:
    drawings = Drawings({}, net.processes, {})
    return node.process in reachable([node.called or ""], lambda process: _called(process, drawings))
