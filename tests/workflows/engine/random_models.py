"""Draws a tree of blocks twice, side by side: as a file for the engine and as scopes for the oracle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from random import Random
from typing import Any

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.oracle_scopes import Border, Flow, Many, Node, Scope
from tests.workflows.engine.random_blocks import Block, Copies

Ends = tuple[str, str]
GATEWAYS = {
    "xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway",
    "or_join": "inclusiveGateway", "events": "eventBasedGateway",
}  # fmt: skip
LIST = ("list",)
# Says yes to everybody.
DECISION = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d">
<decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>1</text></inputExpression></input>
<output name="decided"/><rule><inputEntry><text>1</text></inputEntry><outputEntry><text>"yes"</text></outputEntry>
</rule></decisionTable></decision></definitions>"""


class RandomModel:
    """A main process and those that it calls; the blocks of the tree get the names of their elements."""

    def __init__(self, tree: Block) -> None:
        self.tree = tree
        self.scopes: dict[str, Scope] = {}
        self.files: dict[str, bytes] = {}
        self.asks: dict[str, dict[str, tuple[str, ...]]] = {}
        self.count = 0
        self.makers: dict[str, Callable[[Block], Ends]] = {
            "seq": self._seq, "choice": self._choice, "loop": self._loop, "crossed": self._crossed,
            "and": lambda block: self._fork(block, "and", "and"),
            "or": lambda block: self._fork(block, "or", "or_join"),
            "and_or": lambda block: self._fork(block, "and", "or_join"),
            "merged": self._merged, "jump": self._jump, "events": self._events,
            "sub": self._sub, "call": self._call, "many": self._many,
        }  # fmt: skip
        self._process("p", tree)

    def outcome(self, element: str, random: Random) -> dict[str, Any]:
        """Words for what is asked behind the element."""
        asked = sorted(self.asks.get(element, {}).items())
        return {
            name: random.choices("abc", k=random.randint(0, 3)) if words == LIST else random.choice(words)
            for name, words in asked
        }

    def _process(self, name: str, body: Block) -> None:
        with self._inside(name, Drawing(name)):
            self._body(body)
            self.files[f"{name}.bpmn"] = self.drawing.xml()

    @contextmanager
    def _inside(self, scope: str, drawing: Drawing) -> Iterator[None]:
        outer = (getattr(self, "scope", Scope()), getattr(self, "drawing", drawing))
        self.scope, self.drawing = self.scopes.setdefault(scope, Scope()), drawing
        yield
        self.scope, self.drawing = outer

    def _name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}_{self.count}"

    def _node(self, kind: str, name: str = "", inner: str = "", many: Many | None = None) -> str:
        name = name or self._name(kind)
        self.scope.nodes[name] = Node(name, kind, inner, many=many)
        return name

    def _flow(
        self, source: str, target: str, when: tuple[str, str] | None = None, default: bool = False
    ) -> None:
        self.scope.flows.append(Flow(source, target, when))
        self.drawing.flow(source, target, f"{when[0]} == '{when[1]}'" if when else None, default=default)

    def _gate(self, kind: str) -> str:
        return self.drawing.add(GATEWAYS[kind], self._node(kind))

    def _person(self) -> str:
        return self.drawing.person(self._node("person"))

    def _ask(self, element: str, name: str, *words: str) -> str:
        self.asks.setdefault(element, {})[name] = words
        return name

    def _body(self, block: Block) -> None:
        start = self.drawing.start(self._node("start"))
        first, last = self._block(block.parts[0])
        self._flow(start, first)
        self._flow(last, self._end(terminate=block.word == "terminate"))

    def _end(self, *, terminate: bool = False) -> str:
        return self.drawing.end(self._node("terminate" if terminate else "end"), terminate=terminate)

    def _block(self, block: Block) -> Ends:
        maker = self.makers.get(block.kind)
        return maker(block) if maker else self._step(block)

    def _step(self, block: Block) -> Ends:
        kind = {"receive": "message"}.get(block.kind, block.kind).removeprefix("catch_")
        name = block.name = self._node(kind)
        if block.kind == "person":
            self.drawing.person(name)
        elif block.kind == "receive":
            self.drawing.receive(name, f"w_{name}")
        elif block.kind.startswith("catch_"):
            self.drawing.catch(name, message=f"w_{name}" if kind == "message" else None)
        elif block.kind == "pass":
            self.drawing.add("intermediateThrowEvent", name)
        elif block.kind == "decision":
            self.files["d.dmn"] = DECISION
            self.drawing.add("businessRuleTask", name, fg_decision="d")
        else:
            self.drawing.add("serviceTask", name, fg_operation=f"test.{kind}")
        return self._bordered(block)

    def _bordered(self, block: Block) -> Ends:
        """The events at the border of an activity, which stands drawn already."""
        name = block.name
        if not block.edges:
            return name, name
        merge = self._gate("xor")
        self._flow(name, merge)
        for edge in block.edges:
            border = Border(self._name("border"), edge.message, edge.interrupting)
            self.scope.nodes[name].border.append(border)
            message = f"w_{border.name}" if edge.message else None
            self.drawing.boundary(border.name, name, message=message, interrupting=edge.interrupting)
            person = self._person()
            self._flow(border.name, person)
            self._flow(person, merge if edge.stays else self._end())
        return name, merge

    def _seq(self, block: Block) -> Ends:
        parts = [self._block(part) for part in block.parts]
        for (_, last), (first, _) in pairwise(parts):
            self._flow(last, first)
        return parts[0][0], parts[-1][1]

    def _choice(self, block: Block) -> Ends:
        person, gate, merge = self._person(), self._gate("xor"), self._gate("xor")
        self._flow(person, gate)
        words = "abc"[: len(block.parts)]
        self._ask(person, f"c_{gate}", *words)
        for word, part in zip(words, block.parts, strict=True):
            ends = part.kind in ("stop", "leave")
            first, last = self._block(part.parts[0] if ends else part)
            default = word == words[-1]
            self._flow(gate, first, None if default else (f"c_{gate}", word), default)
            self._flow(last, self._end(terminate=part.kind == "stop") if ends else merge)
        block.name = gate
        return person, merge

    def _ways(self, fork: str, kind: str) -> tuple[str, Callable[[str], None]]:
        """The element before a fork, and what draws a flow out of it: an inclusive one asks for each."""
        if kind == "and":
            return fork, lambda target: self._flow(fork, target)
        person, flows = self._person(), self.scope.flows
        self._flow(person, fork)

        def open_way(target: str) -> None:
            number = sum(flow.source == fork for flow in flows)
            name = self._ask(person, f"c_{fork}_{number}", "yes", "yes", "no")
            self._flow(fork, target, (name, "yes"))

        return person, open_way

    def _close_ways(self, fork: str, kind: str, target: str) -> None:
        """The default flow of an inclusive fork: a person on the way to an element."""
        if kind == "or":
            self._flow(fork, self._to(target), None, True)

    def _fork(self, block: Block, kind: str, joined_by: str) -> Ends:
        fork, join = self._gate(kind), self._gate(joined_by)
        block.name = fork
        first_of_all, open_way = self._ways(fork, kind)
        for part in block.parts:
            first, last = self._block(part)
            open_way(first)
            self._flow(last, join)
        self._close_ways(fork, kind, join)
        return first_of_all, join

    def _to(self, target: str) -> str:
        """A person on the way to an element."""
        person = self._person()
        self._flow(person, target)
        return person

    def _crossed(self, block: Block) -> Ends:
        kind = block.word
        fork, inner, join = (self._gate(name) for name in (kind, "and", "or_join" if kind == "or" else "and"))
        block.name = fork
        first_of_all, open_way = self._ways(fork, kind)
        open_way(self._to(inner))
        for number, part in enumerate(block.parts):
            first, last = self._block(part)
            self._flow(last, join)
            if number:
                self._flow(inner, first)
            else:
                open_way(first)
        self._close_ways(fork, kind, join)
        return first_of_all, join

    def _merged(self, block: Block) -> Ends:
        """Two branches of an inclusive fork meet before its join."""
        fork, join, merge = self._gate("or"), self._gate("or_join"), self._gate("xor")
        block.name = fork
        first_of_all, open_way = self._ways(fork, "or")
        for number, part in enumerate(block.parts):
            first, last = self._block(part)
            open_way(first)
            self._flow(last, merge if number < 2 else join)
        self._flow(merge, join)
        self._close_ways(fork, "or", merge)
        return first_of_all, join

    def _jump(self, block: Block) -> Ends:
        """A choice in one branch of an inclusive fork may lead over to the other branch."""
        fork, join, gate, merge = (self._gate(kind) for kind in ("or", "or_join", "xor", "xor"))
        block.name = fork
        first_of_all, open_way = self._ways(fork, "or")
        (first, last), (other, other_last) = (self._block(part) for part in block.parts)
        person = self._to(gate)
        self._ask(person, f"c_{gate}", "over", "on")
        open_way(first)
        open_way(other)
        self._flow(last, person)
        self._flow(gate, merge, (f"c_{gate}", "over"))
        self._flow(gate, self._to(join), None, True)
        self._flow(other_last, merge)
        self._flow(merge, join)
        self._close_ways(fork, "or", merge)
        return first_of_all, join

    def _loop(self, block: Block) -> Ends:
        entry, gate, after = self._gate("xor"), self._gate("xor"), self._gate("xor")
        block.name = gate
        first, last = self._block(block.parts[0])
        person = self._to(gate)
        self._ask(person, f"c_{gate}", "again", "on", "on")
        self._flow(entry, first)
        self._flow(last, person)
        self._flow(gate, entry, (f"c_{gate}", "again"))
        self._flow(gate, after, None, True)
        return entry, after

    def _events(self, block: Block) -> Ends:
        gate, merge = self._gate("events"), self._gate("xor")
        block.name = gate
        for kind, part in zip(block.word.split(), block.parts, strict=True):
            name = self._node("timer" if kind == "timer" else "message")
            self.scope.nodes[gate].border.append(Border(name, kind != "timer", True))
            if kind == "receive":
                self.drawing.receive(name, f"w_{name}")
            else:
                self.drawing.catch(name, message=f"w_{name}" if kind == "message" else None)
            self._flow(gate, name)
            first, last = self._block(part)
            self._flow(name, first)
            self._flow(last, merge)
        return gate, merge

    def _sub(self, block: Block) -> Ends:
        self._draw_sub(block, self._name("sub"), None, "")
        return self._bordered(block)

    def _draw_sub(self, block: Block, name: str, many: Many | None, inner: str) -> None:
        with self._inside(name, self.drawing):
            self.drawing.open_sub()
            self.drawing.scopes[-1].append(inner)
            self._body(block.parts[0])
        block.name = self._node("sub", name, name, many)
        self.drawing.close_sub(name)

    def _call(self, block: Block) -> Ends:
        """Each call has a process of its own, so that an element never waits twice for different reasons."""
        called = self._name("called")
        self._process(called, block.parts[0])
        block.name = self._node("call", inner=called)
        self.drawing.add("callActivity", block.name, calledElement=called)
        return self._bordered(block)

    def _many(self, block: Block) -> Ends:
        assert block.copies is not None
        name = self._name("many")
        many = _many(block.copies, name)
        before = self._person()
        # The same name as the result of an instance, which must neither see nor cover it.
        self._ask(before, f"r_{name}", "w")
        if isinstance(many.source, str):
            self._ask(before, many.source, *LIST)
        if block.word == "sub":
            self._draw_sub(block, name, many, instances_xml(many))
            for element in [node for node in self.scopes[name].nodes if node.startswith("person")]:
                self._ask(element, f"r_{name}", "x", "y", "z")
        elif block.word == "call":
            self._draw_calls(block, name, many)
        else:
            block.name = self._node("person", name, many=many)
            self.drawing.person(name, inner=instances_xml(many))
            self._ask(name, f"r_{name}", "x", "y", "z")
        first, last = self._bordered(block)
        self._flow(before, first)
        return before, last

    def _draw_calls(self, block: Block, name: str, many: Many) -> None:
        """Runs of their own: here one wait that is answered with the list of their results."""
        called = self._name("called")
        self._process(called, block.parts[0])
        block.name = self._node("calls", name, many=many)
        self.drawing.add("callActivity", name, instances_xml(many), calledElement=called)
        if many.results:
            self._ask(name, many.results, *LIST)


def _many(copies: Copies, name: str) -> Many:
    until = (f"r_{name}", copies.until) if isinstance(copies.until, str) else copies.until
    return Many(
        sequential=copies.sequential,
        source=f"l_{name}" if copies.count < 0 else copies.count,
        item=f"i_{name}" if copies.item else "",
        result=f"r_{name}" if copies.results else "",
        results=f"rs_{name}" if copies.results else "",
        until=until,
    )


def instances_xml(many: Many) -> str:
    """A multi-instance activity as the file says it."""
    inner = f"<loopCardinality>{many.source}</loopCardinality>"
    if isinstance(many.source, str):
        inner = f"<loopDataInputRef>{many.source}</loopDataInputRef>"
    if many.results:
        inner += f"<loopDataOutputRef>{many.results}</loopDataOutputRef>"
    if many.item:
        inner += f'<inputDataItem name="{many.item}"/>'
    if many.results:
        inner += f'<outputDataItem name="{many.result}"/>'
    if isinstance(many.until, int):
        inner += f"<completionCondition>numberOfCompletedInstances &gt;= {many.until}</completionCondition>"
    elif many.until is not None:
        inner += f"<completionCondition>{many.until[0]} == '{many.until[1]}'</completionCondition>"
    mark = "true" if many.sequential else "false"
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{mark}">{inner}</multiInstanceLoopCharacteristics>'
    )
