"""Small numbers in a report that others read are left out, and enough besides that nobody works them out. No Django.

A kind with one or two tips could show who reported. Readers know the sum of a table, and this file: what is hidden
must stay open for somebody who tries every table that would have been printed in the same way. Which kinds are
hidden together is therefore settled beforehand and never by the numbers, and a nought is hidden like its neighbour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HIDDEN = None
LEAST_THRESHOLD = 3
"""With 2, a hidden number could only be a one."""

Groups = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Shown:
    """A table as it may be read: `None` is a hidden number. Where even the sum is hidden, nothing is shown."""

    cells: dict[str, int | None]
    total: int | None


def suppressed(cells: Mapping[str, int], *, threshold: int, groups: Groups) -> Shown:
    """Hide each group that has a small number, and further groups until what is hidden adds up to the threshold.

    Raises: ValueError for groups that are not all kinds of the table, of two or more each where there are two,
    and for a threshold that would show what it hides.
    """
    _check(cells, threshold, groups)
    total = sum(cells.values())
    if 0 < total < threshold:
        return Shown(dict.fromkeys(cells), HIDDEN)
    small = [group for group in groups if any(0 < cells[key] < threshold for key in group)]
    further = iter([group for group in groups if group not in small])
    while small and sum(cells[key] for group in small for key in group) < threshold:
        small.append(next(further))
    hidden = {key for group in small for key in group}
    return Shown({key: HIDDEN if key in hidden else count for key, count in cells.items()}, total)


def lone_count(count: int, *, threshold: int) -> int | None:
    """A number that is part of no sum: nothing where it is small."""
    return HIDDEN if 0 < count < threshold else count


def median(values: Sequence[int]) -> int | None:
    """The middle value, the lower one of two; nothing of no values."""
    return sorted(values)[(len(values) - 1) // 2] if values else None


def _check(cells: Mapping[str, int], threshold: int, groups: Groups) -> None:
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"numbers below {LEAST_THRESHOLD} cannot be hidden")
    named = [key for group in groups for key in group]
    if sorted(named) != sorted(cells):
        raise ValueError("each kind of a table belongs to one group")
    if len(cells) > 1 and any(len(group) < 2 for group in groups):
        raise ValueError("a kind that is hidden alone follows from the sum")
