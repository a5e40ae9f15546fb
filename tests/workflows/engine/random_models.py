"""Random block-structured models: the drawing for the engine and the scopes for the oracle, made side by side."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.oracle import Border, Flow, Node, Scope

ALL_BLOCKS = ("step", "choice", "parallel", "crossed", "loop", "sub", "call")
Ends = tuple[str, str]


class RandomModel:
    """A main process and perhaps a called one."""

    def __init__(self, random: Random, *, blocks: tuple[str, ...] = ALL_BLOCKS, events: bool = True) -> None:
        self.random, self.blocks, self.events = random, blocks, events
        self.scopes: dict[str, Scope] = {}
        self.files: dict[str, bytes] = {}
        self.choices: dict[str, list[str]] = {}
        self.count = 0
        self.has_loop = self.has_parallel = False
        self._process("p")

    def outcome(self, element: str) -> dict[str, str]:
        """A word for the gateway right behind the element, if there is one."""
        behind = {flow.target for scope in self.scopes.values() for flow in scope.out(element)}
        asked = sorted(name for name in self.choices if name.removeprefix("c_") in behind)
        return {name: self.random.choice(self.choices[name]) for name in asked}

    def _process(self, name: str) -> None:
        outer = (getattr(self, "drawing", None), getattr(self, "scope", None), getattr(self, "parallel", 0))
        self.drawing, self.scope, self.parallel = Drawing(name), self._scope(name), 0
        self._body(3 if name == "p" else 1)
        self.files[f"{name}.bpmn"] = self.drawing.xml()
        self.drawing, self.scope, self.parallel = outer  # type: ignore[assignment]

    def _scope(self, name: str) -> Scope:
        return self.scopes.setdefault(name, Scope())

    def _name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}_{self.count}"

    def _node(self, kind: str, name: str = "", inner: str = "") -> str:
        name = name or self._name(kind)
        self.scope.nodes[name] = Node(name, kind, inner)
        return name

    def _flow(
        self, source: str, target: str, when: tuple[str, str] | None = None, default: bool = False
    ) -> None:
        self.scope.flows.append(Flow(source, target, when))
        self.drawing.flow(source, target, f"{when[0]} == '{when[1]}'" if when else None, default=default)

    def _body(self, depth: int) -> None:
        start = self.drawing.start(self._node("start"))
        first, last = self._block(depth)
        self._flow(start, first)
        self._flow(last, self._end(self.random.random() < 0.1))

    def _end(self, terminate: bool = False) -> str:
        name = self._node("terminate" if terminate else "end")
        return self.drawing.end(name, terminate=terminate)

    def _block(self, depth: int) -> Ends:
        if depth == 0:
            return self._step()
        parts = [self._one(depth) for _ in range(self.random.randint(1, 2))]
        for (_, last), (first, _) in pairwise(parts):
            self._flow(last, first)
        return parts[0][0], parts[-1][1]

    def _one(self, depth: int) -> Ends:
        makers: dict[str, Callable[[int], Ends]] = {
            "step": lambda _: self._step(),
            "choice": self._choice,
            "parallel": self._parallel,
            "crossed": self._crossed,
            "loop": self._loop,
            "sub": self._sub,
            "call": lambda _: self._call(),
        }
        return makers[self.random.choice(self.blocks)](depth - 1)

    def _step(self) -> Ends:
        kind = self.random.choice(["person", "person", "person", "receive", "catch", "effect", "compute"])
        if not self.events:
            kind = "person"
        if kind == "person":
            name = self.drawing.person(self._node("person"))
        elif kind == "receive":
            name = self.drawing.receive(self._node("message"), "word")
        elif kind == "catch":
            message = self.random.random() < 0.5
            name = self._node("message" if message else "timer")
            self.drawing.catch(name, message="word" if message else None)
            return name, name
        else:
            name = self._node(kind)
            self.drawing.add("serviceTask", name, fg_operation=f"test.{kind}")
            if kind == "compute":
                return name, name
        return self._bordered(name)

    def _person(self) -> str:
        return self.drawing.person(self._node("person"))

    def _gate(self, kind: str) -> str:
        name = self._node(kind)
        return self.drawing.add("exclusiveGateway" if kind == "xor" else "parallelGateway", name)

    def _bordered(self, name: str) -> Ends:
        """Sometimes put events at the border of an activity."""
        if not self.events or self.random.random() < 0.6:
            return name, name
        merge = self._gate("xor")
        self._flow(name, merge)
        for _ in range(self.random.randint(1, 2)):
            border = Border(self._name("border"), self.random.random() < 0.5, self.random.random() < 0.5)
            self.scope.nodes[name].border.append(border)
            message = "word" if border.message else None
            self.drawing.boundary(border.name, name, message=message, interrupting=border.interrupting)
            person = self._person()
            self._flow(border.name, person)
            # A token that leaves a parallel block would leave its join waiting for ever.
            stays = border.interrupting and (self.parallel > 0 or self.random.random() < 0.5)
            self._flow(person, merge if stays else self._end())
        return name, merge

    def _choice(self, depth: int) -> Ends:
        person, gate, merge = self._person(), self._gate("xor"), self._gate("xor")
        self._flow(person, gate)
        words = ["a", "b", "c"][: self.random.randint(2, 3)]
        self.choices[f"c_{gate}"] = words
        for word in words:
            first, last = self._block(depth)
            default = word == words[-1]
            self._flow(gate, first, None if default else (f"c_{gate}", word), default)
            self._flow(last, merge)
        return person, merge

    def _parallel(self, depth: int) -> Ends:
        self.has_parallel = True
        fork, join = self._gate("and"), self._gate("and")
        self.parallel += 1
        for _ in range(self.random.randint(2, 3)):
            first, last = self._block(depth)
            self._flow(fork, first)
            self._flow(last, join)
        self.parallel -= 1
        return fork, join

    def _crossed(self, depth: int) -> Ends:
        """A fork inside a branch whose branches end in the outer join."""
        self.has_parallel = True
        fork, inner, join = self._gate("and"), self._gate("and"), self._gate("and")
        self.parallel += 1
        person = self._person()
        self._flow(fork, person)
        self._flow(person, inner)
        for gate in (fork, inner, inner):
            first, last = self._block(depth)
            self._flow(gate, first)
            self._flow(last, join)
        self.parallel -= 1
        return fork, join

    def _loop(self, depth: int) -> Ends:
        self.has_loop = True
        entry, gate = self._gate("xor"), self._gate("xor")
        first, last = self._block(depth)
        person = self._person()
        self.choices[f"c_{gate}"] = ["again", "on", "on"]
        self._flow(entry, first)
        self._flow(last, person)
        self._flow(person, gate)
        self._flow(gate, entry, (f"c_{gate}", "again"))
        after = self._gate("xor")
        self._flow(gate, after, None, True)
        return entry, after

    def _sub(self, depth: int) -> Ends:
        name = self._name("sub")
        outer, parallel = self.scope, self.parallel
        self.scope, self.parallel = self._scope(name), 0
        self.drawing.open_sub()
        self._body(depth)
        self.scope, self.parallel = outer, parallel
        self._node("sub", name, name)
        self.drawing.close_sub(name)
        return self._bordered(name)

    def _call(self) -> Ends:
        """Each call has a process of its own, so that an element never waits twice for different reasons."""
        called = self._name("called")
        blocks, self.blocks = self.blocks, tuple(kind for kind in self.blocks if kind != "call")
        self._process(called)
        self.blocks = blocks
        name = self._node("call", inner=called)
        self.drawing.add("callActivity", name, calledElement=called)
        return self._bordered(name)
