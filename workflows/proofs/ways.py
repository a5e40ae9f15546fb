"""Ways through a graph."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Place = TypeVar("Place", bound=Hashable)


def reachable(starts: Iterable[Place], following: Callable[[Place], Iterable[Place]]) -> set[Place]:
    """All places that can be reached from the given ones, themselves included."""
    found: set[Place] = set()
    ways = list(starts)
    while ways:
        place = ways.pop()
        if place not in found:
            found.add(place)
            ways.extend(following(place))
    return found
