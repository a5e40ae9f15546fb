"""Whether a run may stand where its tokens are: a run of the model comes to stand so, and can end from there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from workflows.engine import Place
from workflows.rules.texts import Text, text

from .domains import OTHER, Domains, Value
from .exploring import Explored
from .state import State, Token

# Activities around a token, its element, and for a token at a join the element from which it came.
Key = tuple[tuple[str, ...], str, str]
Shape = frozenset[tuple[Key, int]]
# Of side lines the game follows two.
MOST_ALIKE = 2


class NotJudged(Exception):
    """The model has more runs than can be explored, or the run holds what the game leaves out."""


class Standing:
    """The markings of all runs of a model, asked again and again."""

    def __init__(self, explored: Explored) -> None:
        self._explored = explored
        self._domains = Domains(explored.net)
        nodes = explored.net.nodes.values()
        declared = {name for process in explored.net.processes.values() for name in process.variables}
        self._set_by_model = declared | {name for node in nodes for name in explored.net.writes(node)}
        self._ends = _can_end(explored)
        self._states: dict[Shape, list[State]] = {}
        for state in explored.way:
            if all(token.mode != "moves" for token in state.tokens):
                self._states.setdefault(_shape(self._key(token) for token in _placed(state)), []).append(
                    state
                )

    def objection(self, places: Sequence[Place]) -> Text | None:
        """What is wrong with a run whose tokens are there, in words for people; None if nothing is.

        Raises: NotJudged.
        """
        if not self._explored.complete or any(self._is_left_out(place) for place in places):
            raise NotJudged
        states = self._states.get(
            _shape((place.path, place.element_id, place.source) for place in places), []
        )
        if not states:
            return self._never(places)
        ending = [state for state in states if state in self._ends]
        if not ending:
            return text("from %(places)s no run of the model can end", places=self._words(places))
        missing = min((self._missing(state, places) for state in ending), key=len)
        if missing:
            return text(
                "from %(places)s the run needs another value of %(names)s; skip the step instead",
                places=self._words(places),
                names=", ".join(missing),
            )
        return None

    def _never(self, places: Sequence[Place]) -> Text:
        words = self._words(places)
        if len(places) == 1:
            return text("no run of the model ever stands at %(places)s", places=words)
        return text(
            "no run of the model ever stands at %(places)s together: a join could wait for ever", places=words
        )

    def _is_left_out(self, place: Place) -> bool:
        nodes = self._explored.net.nodes
        around = (*place.path, place.element_id)
        return any(name not in nodes or nodes[name].several for name in around)

    def _key(self, token: Token) -> Key:
        path = tuple(activity for activity, _, _ in token.path)
        if token.mode != "joins":
            return path, token.place, ""
        flow = self._explored.net.flows[token.place]
        return path, flow.target, flow.source

    def _missing(self, state: State, places: Sequence[Place]) -> list[str]:
        """Variables that a token of the state has and none at its place has so; the fewest of the tokens there."""
        found: set[str] = set()
        for token in _placed(state):
            path, element, source = self._key(token)
            beside = [p for p in places if (p.path, p.element_id, p.source) == (path, element, source)]
            fewest = min([self._differing(token, place) for place in beside], key=len)
            found.update(fewest)
        return sorted(found)

    def _differing(self, token: Token, place: Place) -> list[str]:
        carried = ((name, self._domains.values[name][value]) for name, value, _ in token.data)
        return [
            name
            for name, value in carried
            if name in self._set_by_model and not self._fits(name, value, place.data.get(name))
        ]

    def _fits(self, name: str, value: Value, actual: object) -> bool:
        """Whether a value of the run may be meant by a value of the game, where a number stands for many."""
        if actual is None or isinstance(actual, bool):
            return actual is value
        if not isinstance(actual, str):
            return value is not None
        known = actual in self._domains.values[name]
        return value == actual if known else value == OTHER or OTHER not in self._domains.values[name]

    def _words(self, places: Iterable[Place]) -> str:
        nodes = self._explored.net.nodes
        names = Counter(nodes[place.element_id].label or place.element_id for place in places)
        return ", ".join(f"“{name}”" + (f" × {count}" if count > 1 else "") for name, count in names.items())


def _placed(state: State) -> Iterator[Token]:
    return (token for token in state.tokens if token.mode != "ended")


def _shape(keys: Iterable[Key]) -> Shape:
    return frozenset((key, min(count, MOST_ALIKE)) for key, count in Counter(keys).items())


def _can_end(explored: Explored) -> frozenset[State]:
    """States from which a run can come to its end."""
    before: dict[State, list[State]] = {}
    for state, moves in explored.following.items():
        for move in moves:
            if move.state is not None:
                before.setdefault(move.state, []).append(state)
    found, ways = set(explored.ended), list(explored.ended)
    while ways:
        for state in before.get(ways.pop(), ()):
            if state not in found:
                found.add(state)
                ways.append(state)
    return frozenset(found)
