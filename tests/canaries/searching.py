"""Searching every place for every mark."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.canaries.marks import Marks
from tests.canaries.places import Place, decoded


@dataclass(frozen=True)
class Found:
    """A mark in a place where it must not be."""

    mark: str
    place: str

    def __str__(self) -> str:
        return f"{self.mark} in {self.place}"


@dataclass
class Search:
    """What was found, and how much was looked at: a search of nothing finds nothing."""

    found: list[Found]
    places: int = 0
    size: int = 0


def search(marks: Marks, places: Iterable[Place]) -> Search:
    """Look for each form of each mark in each place."""
    needles = list(marks.needles())
    done = Search([])
    for place in places:
        for name, content in decoded(place):
            done.places += 1
            done.size += len(content)
            seen = {mark for mark, needle in needles if needle in content}
            done.found += [Found(mark, name) for mark in sorted(seen)]
    return done
