"""A token game: what a drawn process means, worked out from the drawing alone.

It shares nothing with the engine. Tokens lie on nodes; a gateway that joins holds one queue for each flow. Every
value carries the number of its writing, and tokens that become one keep the value written last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.workflows.engine.oracle_scopes import (
    Flow,
    Instance,
    Many,
    Node,
    Opening,
    Scope,
    Values,
    merge,
    plain,
)

WAITING = {"person", "message", "timer", "effect"}


class TokenGame:
    """A model being played."""

    def __init__(self, scopes: dict[str, Scope], main: str) -> None:
        self.scopes = scopes
        self.count = 0
        self.result: Values | None = None
        self.passed: list[str] = []
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
            (number, name, plain(values)) for number, name, values in sorted(found, key=lambda wait: wait[0])
        ]

    def data(self) -> dict[str, Any]:
        """What the model ended with."""
        return plain(self.result or {})

    def go(self, element: str, data: dict[str, Any], place: int = 0) -> None:
        """End the oldest wait at an element, or the one in that place after it."""
        self.passed = []
        number = [number for number, name, _ in self.waiting() if name == element][place]
        opening = next(found for found in self._openings(self.top) if self._number_in(found, number))
        if opening.waits and opening.number == number:
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
            if opening.waits:
                yield opening.number, opening.node.name, opening.values
            for number, border in opening.armed:
                yield number, border.name, opening.values

    def _openings(self, instance: Instance) -> Iterator[Opening]:
        for opening in instance.openings:
            for found in (opening, *opening.parts):
                yield found
                if found.inner is not None:
                    yield from self._openings(found.inner)

    def _number_in(self, opening: Opening, number: int) -> bool:
        own = (opening.number,) if opening.waits else ()
        return number in (*own, *(armed for armed, _ in opening.armed))

    def _open(self, name: str, opening: Opening | None, values: Values) -> Instance:
        instance = Instance(self.scopes[name], opening, self._next())
        start = next(node for node in instance.scope.nodes.values() if node.kind == "start")
        self.pending.append((instance, start, None, values))
        return instance

    def _leave(self, opening: Opening, values: Values) -> None:
        if opening.around is not None:
            self.passed.append(opening.node.name)
            self._part_done(opening.around, opening, values)
            return
        opening.instance.openings.remove(opening)
        if opening.node.many is None or opening.node.kind == "calls":
            self.passed.append(opening.node.name)
        self._send(opening.instance, opening.node.name, values)

    def _fire(self, opening: Opening, number: int, data: dict[str, Any]) -> None:
        border = next(border for armed, border in opening.armed if armed == number)
        opening.armed.remove((number, border))
        if border.interrupting:
            self._kill(opening)
            opening.instance.openings.remove(opening)
        elif border.message:
            opening.armed.append((self._next(), border))
        self.passed.append(border.name)
        self._send(opening.instance, border.name, self._written(opening.values, data))

    def _kill(self, opening: Opening) -> None:
        """Nothing moves any more in what an opening holds."""
        for found in (opening, *opening.parts):
            if found.inner is not None:
                found.inner.dead = True
                for inside in found.inner.openings:
                    self._kill(inside)

    def _send(self, instance: Instance, name: str, values: Values) -> None:
        for flow in instance.scope.out(name):
            self.pending.append((instance, instance.scope.nodes[flow.target], flow, values))

    def _play(self) -> None:
        while self.pending or self._settle():
            if self.pending:
                instance, node, flow, values = self.pending.pop(0)
                if not instance.dead:
                    self._move(instance, node, flow, values)

    def _move(self, instance: Instance, node: Node, flow: Flow | None, values: Values) -> None:
        if node.kind == "calls":
            self._arrive_calls(instance, node, values)
        elif node.many is not None:
            self._arrive_many(instance, node, values)
        elif node.kind in WAITING or node.inner or node.kind == "events":
            self._arrive(instance, node, values)
        elif node.kind in ("and", "or_join") and flow is not None:
            instance.queues.setdefault((node.name, flow), []).append(values)
            if node.kind == "and":
                self._join(instance, node)
        else:
            self._pass(instance, node, values)

    def _pass(self, instance: Instance, node: Node, values: Values) -> None:
        self.passed.append(node.name)
        if node.kind == "xor":
            self._choose(instance, node, values, most=1)
        elif node.kind == "or":
            self._choose(instance, node, values, most=len(instance.scope.flows))
        elif node.kind == "end":
            instance.ended.append(values)
        elif node.kind == "terminate":
            self._terminate(instance, values)
        elif node.kind == "compute":
            self._send(instance, node.name, self._written(values, {f"k_{node.name}": 1}))
        elif node.kind == "decision":
            self._send(instance, node.name, self._written(values, {"decided": "yes"}))
        else:
            self._send(instance, node.name, values)

    def _terminate(self, instance: Instance, values: Values) -> None:
        self.pending = [item for item in self.pending if item[0] is not instance]
        for opening in instance.openings:
            self._kill(opening)
        instance.openings.clear()
        instance.queues.clear()
        instance.ended = [values]

    def _arrive(self, instance: Instance, node: Node, values: Values) -> None:
        opening = Opening(instance, node, values, self._next())
        if node.kind == "events":
            self.passed.append(node.name)
        self._arm(opening)
        if node.inner:
            opening.inner = self._open(node.inner, opening, values)

    def _arm(self, opening: Opening) -> None:
        opening.armed = [(self._next(), border) for border in opening.node.border]
        opening.instance.openings.append(opening)

    def _arrive_calls(self, instance: Instance, node: Node, values: Values) -> None:
        """Runs of their own are waited for as one; without any the list of results is empty."""
        assert node.many is not None
        opening = Opening(instance, node, values, self._next())
        self._arm(opening)
        if not _items(node.many, values):
            results = {node.many.results: []} if node.many.results else {}
            self._leave(opening, self._written(values, results))

    def _arrive_many(self, instance: Instance, node: Node, values: Values) -> None:
        assert node.many is not None
        opening = Opening(instance, node, values, self._next(), gathered=values)
        items = _items(node.many, values)
        opening.count = len(items)
        self._arm(opening)
        if not items:
            self._end_many(opening)
        elif node.many.sequential:
            opening.rest = items[1:]
            self._open_part(opening, 0, items[0])
        else:
            for place, item in enumerate(items):
                self._open_part(opening, place, item)

    def _open_part(self, opening: Opening, place: int, item: Any) -> None:
        node, many = opening.node, opening.node.many
        assert many is not None
        values = self._written(opening.gathered, {many.item: item} if many.item else {})
        part = Opening(opening.instance, node, values, self._next(), around=opening, place=place)
        opening.parts.append(part)
        if node.inner:
            part.inner = self._open(node.inner, part, values)

    def _part_done(self, opening: Opening, part: Opening, values: Values) -> None:
        many = opening.node.many
        assert many is not None
        opening.parts.remove(part)
        opening.done[part.place] = plain(values).get(many.result)
        shared = {name: value for name, value in values.items() if name not in (many.item, many.result)}
        opening.gathered = merge([opening.gathered, shared])
        enough = many.until is not None and (
            len(opening.done) >= many.until
            if isinstance(many.until, int)
            else plain(values).get(many.until[0]) == many.until[1]
        )
        if enough or len(opening.done) == opening.count:
            self._end_many(opening)
        elif many.sequential:
            self._open_part(opening, part.place + 1, opening.rest.pop(0))

    def _end_many(self, opening: Opening) -> None:
        many = opening.node.many
        assert many is not None
        self._kill(opening)
        results = [opening.done[place] for place in sorted(opening.done)]
        gathered = {many.results: results} if many.results else {}
        self._leave(opening, self._written(opening.gathered, gathered))

    def _join(self, instance: Instance, node: Node) -> None:
        queues = [instance.queues.get((node.name, flow), []) for flow in instance.scope.into(node.name)]
        if all(queues):
            self.passed.append(node.name)
            self._send(instance, node.name, merge([queue.pop(0) for queue in queues]))

    def _choose(self, instance: Instance, node: Node, values: Values, *, most: int) -> None:
        flows, known = instance.scope.out(node.name), plain(values)
        fitting = [
            flow for flow in flows if flow.when is not None and known.get(flow.when[0]) == flow.when[1]
        ]
        for flow in (fitting or [flow for flow in flows if flow.when is None])[:most]:
            self.pending.append((instance, instance.scope.nodes[flow.target], flow, values))

    def _settle(self) -> bool:
        """Where nothing moves: fire an inclusive join or complete a scope, in the oldest scope that can."""
        if self.ended:
            return False
        running = sorted(self._running(self.top), key=lambda instance: instance.number)
        return any(self._fire_inclusive(instance) or self._complete(instance) for instance in running)

    def _running(self, instance: Instance) -> Iterator[Instance]:
        yield instance
        for opening in self._openings(instance):
            if opening.inner is not None:
                yield opening.inner

    def _fire_inclusive(self, instance: Instance) -> bool:
        """BPMN 2.0, 13.4.3: a token waits for those that can reach an empty flow and no flow with a token.

        Of several joins that may fire, the standard does not say which goes first: see decision 0008.
        """
        for node in instance.scope.inclusive_joins:
            queued = instance.queued(node.name)
            full = {flow for flow, _ in queued}
            ways = [instance.scope.ways(node.name, places) for places in self._elsewhere(instance, node)]
            if queued and all(full & way or not way for way in ways):
                self.passed.append(node.name)
                self._send(instance, node.name, merge([queue.pop(0) for _, queue in queued]))
                return True
        return False

    def _elsewhere(self, instance: Instance, join: Node) -> Iterator[list[str]]:
        yield from (opening.places() for opening in instance.openings)
        yield from ([name] for (name, _), queue in instance.queues.items() if queue and name != join.name)

    def _complete(self, instance: Instance) -> bool:
        if instance.openings or any(instance.queues.values()) or not instance.ended:
            return False
        values = merge(instance.ended)
        if instance.opening is None:
            self.result = values
        else:
            self._leave(instance.opening, values)
        return True


def _items(many: Many, values: Values) -> list[Any]:
    """What there is an instance for."""
    return list(range(many.source)) if isinstance(many.source, int) else list(plain(values)[many.source])
