"""Random models as trees of blocks: what is drawn, before it has names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

STEPS = (
    "person", "person", "person", "person", "receive",
    "catch_message", "catch_timer", "effect", "compute", "pass", "decision",
)  # fmt: skip
ALL_BLOCKS = (
    "step", "choice", "and", "and", "or", "or", "and_or", "crossed", "merged", "jump", "loop", "loop",
    "sub", "call", "many", "many", "events",
)  # fmt: skip
PLAIN_BLOCKS = ("step", "choice", "and", "loop")


@dataclass
class Edge:
    """A boundary event; `stays` says that its token goes on behind the activity, not to an end of its own."""

    message: bool
    interrupting: bool
    stays: bool


@dataclass
class Copies:
    """Several instances: of a list asked for before (`count` below 0) or of a number; `until` ends them early."""

    sequential: bool
    count: int
    item: bool
    results: bool
    until: int | str | None


@dataclass
class Block:
    """A piece of a model with one way in and one way out; `word` is its variant."""

    kind: str
    parts: list[Block] = field(default_factory=list)
    word: str = ""
    edges: list[Edge] = field(default_factory=list)
    copies: Copies | None = None
    name: str = ""

    def all(self) -> Iterator[Block]:
        """The block and everything in it."""
        yield self
        for part in self.parts:
            yield from part.all()


class Grower:
    """Makes trees. `forks` counts the joins around that would wait for ever if a token left."""

    def __init__(self, random: Random, *, blocks: tuple[str, ...] = ALL_BLOCKS, events: bool = True) -> None:
        self.random, self.blocks, self.events = random, blocks, events
        self.forks = 0
        self.makers: dict[str, Callable[[int], Block]] = {
            "step": lambda _: self._step(),
            "choice": self._choice,
            "and": self._fork,
            "or": lambda depth: self._open_fork("or", depth),
            "and_or": lambda depth: self._open_fork("and_or", depth),
            "crossed": self._crossed,
            "merged": lambda depth: self._shared("merged", depth),
            "jump": lambda depth: self._shared("jump", depth),
            "loop": lambda depth: Block("loop", [self._block(depth)]),
            "sub": lambda depth: self._scope("sub", depth),
            "call": lambda depth: self._scope("call", min(depth, 1)),
            "many": self._many,
            "events": self._events,
        }

    def model(self) -> Block:
        """What lies between the start and the end of the main process."""
        return self._body(self.random.choice((1, 1, 2, 2, 2, 3)))

    def _body(self, depth: int) -> Block:
        forks, self.forks = self.forks, 0
        body = self._block(depth)
        self.forks = forks
        return Block("body", [body], word="terminate" if self.random.random() < 0.1 else "end")

    def _block(self, depth: int) -> Block:
        if depth == 0:
            return self._step()
        parts = [self.makers[self._kind()](depth - 1) for _ in range(self.random.randint(1, 2))]
        return parts[0] if len(parts) == 1 else Block("seq", parts)

    def _kind(self) -> str:
        return self.random.choice(self.blocks)

    def _step(self) -> Block:
        kind = self.random.choice(STEPS) if self.events else "person"
        return Block(kind, edges=self._edges() if kind in ("person", "receive", "effect") else [])

    def _edges(self) -> list[Edge]:
        if not self.events or self.random.random() < 0.6:
            return []
        edges = []
        for _ in range(self.random.randint(1, 2)):
            message, interrupting = self.random.random() < 0.5, self.random.random() < 0.5
            # A token that leaves a parallel block would leave its join waiting for ever.
            stays = interrupting and (self.forks > 0 or self.random.random() < 0.5)
            edges.append(Edge(message, interrupting, stays))
        return edges

    def _blocks(self, depth: int, least: int = 2, most: int = 3) -> list[Block]:
        return [self._block(depth) for _ in range(self.random.randint(least, most))]

    def _choice(self, depth: int) -> Block:
        parts = self._blocks(depth)
        if self.events and self.random.random() < 0.15:
            leaves = self.forks == 0 and self.random.random() < 0.5
            parts[0] = Block("leave" if leaves else "stop", [parts[0]])
        return Block("choice", parts)

    def _fork(self, depth: int) -> Block:
        self.forks += 1
        parts = self._blocks(depth)
        self.forks -= 1
        return Block("and", parts)

    def _open_fork(self, kind: str, depth: int) -> Block:
        """Joined by an inclusive gateway: a branch may end on the way."""
        return Block(kind, self._blocks(depth))

    def _crossed(self, depth: int) -> Block:
        """A fork inside a branch whose branches end in the outer join."""
        inclusive = "or" in self.blocks and self.random.random() < 0.5
        self.forks += not inclusive
        parts = self._blocks(depth, 3, 3)
        self.forks -= not inclusive
        return Block("crossed", parts, word="or" if inclusive else "and")

    def _shared(self, kind: str, depth: int) -> Block:
        """Branches that meet before the inclusive join, so that it may fire more than once."""
        if self.forks:
            return self._open_fork("or", depth)
        return Block(kind, self._blocks(depth, 3, 3) if kind == "merged" else self._blocks(depth, 2, 2))

    def _scope(self, kind: str, depth: int) -> Block:
        return Block(kind, [self._body(depth)], edges=self._edges())

    def _many(self, depth: int) -> Block:
        word = self.random.choice(["person", "sub", "call"])
        copies = Copies(
            sequential=self.random.random() < 0.5,
            count=self.random.choice([-1, -1, 0, 1, 2, 3]),
            item=self.random.random() < 0.7,
            results=self.random.random() < 0.7,
            until=self.random.choice([None, None, 1, 2, "x"]),
        )
        body = [self._body(min(depth, 1))] if word in ("sub", "call") else []
        return Block("many", body, word=word, edges=self._edges(), copies=copies)

    def _events(self, depth: int) -> Block:
        parts = self._blocks(depth)
        kinds = [self.random.choice(["message", "timer", "receive"]) for _ in parts]
        return Block("events", parts, word=" ".join(kinds))
