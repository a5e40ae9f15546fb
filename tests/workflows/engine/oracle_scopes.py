"""What the token game plays on: nodes and flows as they are drawn, and the tokens on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Values = dict[str, tuple[int, Any]]


@dataclass(frozen=True)
class Flow:
    """A flow; `when` is the variable and the word that open it, nothing for a plain or default flow."""

    source: str
    target: str
    when: tuple[str, str] | None = None


@dataclass(frozen=True)
class Border:
    """A boundary event, or an event behind an event-based gateway."""

    name: str
    message: bool
    interrupting: bool


@dataclass(frozen=True)
class Many:
    """Several instances of an activity; `until` is a count of instances or a variable and its word.

    `source` is a number or the name of a list.
    """

    sequential: bool
    source: int | str
    item: str = ""
    result: str = ""
    results: str = ""
    until: int | tuple[str, str] | None = None


@dataclass
class Node:
    """An element; `inner` is the scope that an activity opens, `border` the events at its border."""

    name: str
    kind: str
    inner: str = ""
    border: list[Border] = field(default_factory=list)
    many: Many | None = None


@dataclass
class Scope:
    """A process or what is drawn in a sub-process."""

    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    _ways: dict[tuple[str, tuple[str, ...]], frozenset[Flow]] = field(default_factory=dict)

    def out(self, name: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.source == name]

    def into(self, name: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.target == name]

    @cached_property
    def inclusive_joins(self) -> list[Node]:
        """The inclusive joins, those that feed others before these, else as they are drawn."""
        joins = [node for node in self.nodes.values() if node.kind == "or_join"]
        feeding = {
            join.name: [other for other in joins if other is not join and self.ways(join.name, [other.name])]
            for join in joins
        }
        return sorted(joins, key=lambda join: len(feeding[join.name]))

    def ways(self, join: str, places: Iterable[str]) -> frozenset[Flow]:
        """The flows into a join by which a token at one of these places could come to it, not passing it before."""
        key = (join, tuple(places))
        if key not in self._ways:
            self._ways[key] = frozenset(self._found(join, list(key[1])))
        return self._ways[key]

    def _found(self, join: str, open_places: list[str]) -> Iterator[Flow]:
        seen: set[str] = set()
        while open_places:
            place = open_places.pop()
            if place in seen:
                continue
            seen.add(place)
            for flow in self.out(place):
                if flow.target == join:
                    yield flow
                else:
                    target = self.nodes[flow.target]
                    open_places += [target.name, *(border.name for border in target.border)]


@dataclass(eq=False)
class Instance:
    """A scope that is running; `number` is its place in the order of opening."""

    scope: Scope
    opening: Opening | None
    number: int
    dead: bool = False
    queues: dict[tuple[str, Flow], list[Values]] = field(default_factory=dict)
    openings: list[Opening] = field(default_factory=list)
    ended: list[Values] = field(default_factory=list)

    def queued(self, join: str) -> list[tuple[Flow, list[Values]]]:
        """The flows into a join on which tokens wait, with their tokens."""
        return [(flow, queue) for (name, flow), queue in self.queues.items() if name == join and queue]


@dataclass(eq=False)
class Opening:
    """An activity or event that is being waited for, with what is armed at its border.

    `around` is set for an instance of a multi-instance activity, which holds its instances in `parts`, and in
    `gathered` its data with what they left; events at its border still carry the data that came with the token.
    """

    instance: Instance
    node: Node
    values: Values
    number: int
    armed: list[tuple[int, Border]] = field(default_factory=list)
    inner: Instance | None = None
    around: Opening | None = None
    place: int = 0
    parts: list[Opening] = field(default_factory=list)
    rest: list[Any] = field(default_factory=list)
    count: int = 0
    gathered: Values = field(default_factory=dict)
    done: dict[int, Any] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Whether somebody can end it from outside."""
        many = self.node.many is not None and self.node.kind != "calls" and self.around is None
        return self.inner is None and not many and self.node.kind != "events"

    def places(self) -> list[str]:
        """The nodes whose flows the token may take from here."""
        return [self.node.name, *(border.name for border in self.node.border)]


def plain(values: Values) -> dict[str, Any]:
    """The data without the moments of writing."""
    return {key: value for key, (_, value) in values.items()}


def merge(tokens: list[Values]) -> Values:
    """Several tokens as one: of each value what was written last."""
    merged: Values = {}
    for values in tokens:
        for key, written in values.items():
            merged[key] = max(merged.get(key, written), written, key=lambda pair: pair[0])
    return merged
