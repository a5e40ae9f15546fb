"""A token game: what a drawn process means, worked out from the drawing alone.

It shares nothing with the engine. Tokens lie on nodes; a gateway that joins holds one queue for each flow. Every
value carries the number of its writing, and tokens that become one keep the value written last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Values = dict[str, tuple[int, Any]]


@dataclass(frozen=True)
class Flow:
    """A flow; `when` is the variable and the word that open it, nothing for a plain or default flow."""

    source: str
    target: str
    when: tuple[str, str] | None = None


@dataclass
class Node:
    """An element; `inner` is the scope that an activity opens, `border` the events at its border."""

    name: str
    kind: str
    inner: str = ""
    border: list[Border] = field(default_factory=list)


@dataclass(frozen=True)
class Border:
    """A boundary event."""

    name: str
    message: bool
    interrupting: bool


@dataclass
class Scope:
    """A process or what is drawn in a sub-process."""

    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def out(self, name: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.source == name]

    def into(self, name: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.target == name]


@dataclass(eq=False)
class Instance:
    """A scope that is running."""

    scope: Scope
    opening: Opening | None
    queues: dict[tuple[str, Flow], list[Values]] = field(default_factory=dict)
    openings: list[Opening] = field(default_factory=list)
    ended: list[Values] = field(default_factory=list)


@dataclass(eq=False)
class Opening:
    """An activity or event that is being waited for, with what is armed at its border."""

    instance: Instance
    node: Node
    values: Values
    number: int
    armed: list[tuple[int, Border]] = field(default_factory=list)
    inner: Instance | None = None


WAITING = {"person", "message", "timer", "effect"}


class TokenGame:
    """A model being played."""

    def __init__(self, scopes: dict[str, Scope], main: str) -> None:
        self.scopes = scopes
        self.count = 0
        self.result: Values | None = None
        self.pending: list[tuple[Instance, Node, Flow | None, Values]] = []
        self.top = self._open(main, None, {})
        self._play()

    @property
    def ended(self) -> bool:
        return self.result is not None

    def waiting(self) -> list[tuple[int, str, dict[str, Any]]]:
        """Number, element and data of everything that waits, oldest first."""
        found = [] if self.ended else list(self._waits(self.top))
        return [
            (number, name, _plain(values)) for number, name, values in sorted(found, key=lambda wait: wait[0])
        ]

    def data(self) -> dict[str, Any]:
        """What the model ended with."""
        return _plain(self.result or {})

    def go(self, element: str, data: dict[str, Any]) -> None:
        """End the oldest wait at an element."""
        number = next(number for number, name, _ in self.waiting() if name == element)
        opening = next(found for found in self._openings(self.top) if self._number_in(found, number))
        if opening.number == number and not opening.inner:
            self._leave(opening, self._written(opening.values, data))
        else:
            self._fire(opening, number, data)
        self._play()

    def _written(self, values: Values, data: dict[str, Any]) -> Values:
        return {**values, **{key: (self._next(), value) for key, value in data.items()}}

    def _next(self) -> int:
        self.count += 1
        return self.count

    def _waits(self, instance: Instance) -> Iterator[tuple[int, str, Values]]:
        for opening in self._openings(instance):
            if opening.inner is None:
                yield opening.number, opening.node.name, opening.values
            for number, border in opening.armed:
                yield number, border.name, opening.values

    def _openings(self, instance: Instance) -> Iterator[Opening]:
        for opening in instance.openings:
            yield opening
            if opening.inner is not None:
                yield from self._openings(opening.inner)

    def _number_in(self, opening: Opening, number: int) -> bool:
        return number in (opening.number, *(armed for armed, _ in opening.armed))

    def _open(self, name: str, opening: Opening | None, values: Values) -> Instance:
        instance = Instance(self.scopes[name], opening)
        start = next(node for node in instance.scope.nodes.values() if node.kind == "start")
        self.pending.append((instance, start, None, values))
        return instance

    def _leave(self, opening: Opening, values: Values) -> None:
        opening.instance.openings.remove(opening)
        self._send(opening.instance, opening.node.name, values)

    def _fire(self, opening: Opening, number: int, data: dict[str, Any]) -> None:
        border = next(border for armed, border in opening.armed if armed == number)
        opening.armed.remove((number, border))
        if border.interrupting:
            opening.instance.openings.remove(opening)
        elif border.message:
            opening.armed.append((self._next(), border))
        self._send(opening.instance, border.name, self._written(opening.values, data))

    def _send(self, instance: Instance, name: str, values: Values) -> None:
        for flow in instance.scope.out(name):
            self.pending.append((instance, instance.scope.nodes[flow.target], flow, values))

    def _play(self) -> None:
        while self.pending or self._settle(self.top):
            if self.pending:
                self._move(*self.pending.pop(0))

    def _move(self, instance: Instance, node: Node, flow: Flow | None, values: Values) -> None:
        if node.kind in WAITING or node.inner:
            self._arrive(instance, node, values)
        elif node.kind == "and" and flow is not None:
            self._join(instance, node, flow, values)
        elif node.kind == "xor":
            self._choose(instance, node, values)
        elif node.kind == "end":
            instance.ended.append(values)
        elif node.kind == "terminate":
            self.pending = [item for item in self.pending if item[0] is not instance]
            instance.openings.clear()
            instance.queues.clear()
            instance.ended = [values]
        else:
            self._send(instance, node.name, values)

    def _arrive(self, instance: Instance, node: Node, values: Values) -> None:
        opening = Opening(instance, node, values, self._next())
        opening.armed = [(self._next(), border) for border in node.border]
        instance.openings.append(opening)
        if node.inner:
            opening.inner = self._open(node.inner, opening, values)

    def _join(self, instance: Instance, node: Node, flow: Flow, values: Values) -> None:
        flows = instance.scope.into(node.name)
        instance.queues.setdefault((node.name, flow), []).append(values)
        queues = [instance.queues.get((node.name, one), []) for one in flows]
        if all(queues):
            self._send(instance, node.name, _merge([queue.pop(0) for queue in queues]))

    def _choose(self, instance: Instance, node: Node, values: Values) -> None:
        flows = instance.scope.out(node.name)
        plain = _plain(values)
        fitting = [
            flow for flow in flows if flow.when is not None and plain.get(flow.when[0]) == flow.when[1]
        ]
        chosen = (fitting or [flow for flow in flows if flow.when is None])[0]
        self.pending.append((instance, instance.scope.nodes[chosen.target], chosen, values))

    def _settle(self, instance: Instance) -> bool:
        """Complete the innermost scope in which nothing is left to do."""
        if self.ended:
            return False
        if any(opening.inner is not None and self._settle(opening.inner) for opening in instance.openings):
            return True
        if instance.openings or any(instance.queues.values()) or not instance.ended:
            return False
        values = _merge(instance.ended)
        if instance.opening is None:
            self.result = values
        else:
            self._leave(instance.opening, values)
        return True


def _plain(values: Values) -> dict[str, Any]:
    return {key: value for key, (_, value) in values.items()}


def _merge(tokens: list[Values]) -> Values:
    merged: Values = {}
    for values in tokens:
        for key, written in values.items():
            merged[key] = max(merged.get(key, written), written, key=lambda pair: pair[0])
    return merged
