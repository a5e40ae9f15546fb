"""A state of a run, reduced to what decides how it goes on: tokens, the values they carry, clocks that run."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

# Activities around a token: activity, which opening of it, which of its instances.
Path = tuple[tuple[str, int, int], ...]
# Variable, place of its value in the domain, and how late it was written among all copies of the variable.
Data = tuple[tuple[str, int, int], ...]


class Token(NamedTuple):
    """A token at a node, or on a flow into a join.

    `mode`: "moves" passes the node next, "waits" stays until something happens, "open" is an activity with tokens
    inside, "joins" lies on a flow into a join, "ended" has come to an end of its scope.
    `line` is the boundary event that does not interrupt from which the token came, or empty: such tokens may meet.
    `fired` are timers of its border that cannot fire again, `opening` tells activities apart that are open at once,
    `left` counts instances that are still to come, one after another.
    """

    path: Path
    place: str
    mode: str
    data: Data = ()
    line: str = ""
    fired: tuple[str, ...] = ()
    opening: int = 0
    left: int = 0


class State(NamedTuple):
    """Tokens in a fixed order and the clocks that run; a run without tokens has ended."""

    tokens: tuple[Token, ...]
    clocks: tuple[str, ...] = ()


def state_of(tokens: Iterable[Token], clocks: Iterable[str]) -> State:
    """The state with these tokens; of the writing times only the order is kept."""
    found = list(tokens)
    times: dict[str, set[int]] = {}
    for token in found:
        for name, _, written in token.data:
            times.setdefault(name, set()).add(written)
    ranks = {name: {time: rank for rank, time in enumerate(sorted(seen))} for name, seen in times.items()}
    ranked = [
        token._replace(data=tuple((n, v, ranks[n][t]) for n, v, t in token.data)) if token.data else token
        for token in found
    ]
    return State(tuple(sorted(ranked)), tuple(sorted(clocks)))


def written(data: Data, values: Mapping[str, int], state: State) -> Data:
    """The data with new values, written later than every copy in the state."""
    if not values:
        return data
    kept = {name: (value, time) for name, value, time in data}
    for name, value in values.items():
        latest = max((t for token in state.tokens for n, _, t in token.data if n == name), default=-1)
        kept[name] = (value, latest + 1)
    return tuple(sorted((name, value, time) for name, (value, time) in kept.items()))


def merged(tokens: Iterable[Token]) -> Data:
    """Of each variable the value that was written last."""
    kept: dict[str, tuple[int, int]] = {}
    for token in tokens:
        for name, value, time in token.data:
            if name not in kept or time >= kept[name][1]:
                kept[name] = (value, time)
    return tuple(sorted((name, value, time) for name, (value, time) in kept.items()))


def only(data: Data, names: frozenset[str]) -> Data:
    """The data without what nobody reads any more."""
    return tuple(item for item in data if item[0] in names)
