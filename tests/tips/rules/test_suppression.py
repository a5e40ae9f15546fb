"""What is left out stays open for a reader who has every shown number, the sums and the rule itself."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tips.rules.suppression import Shown, lone_count, median, suppressed

GROUPS = {
    1: ["a"],
    2: ["ab"],
    3: ["abc"],
    4: ["ab", "cd"],
    5: ["ab", "cde"],
    6: ["ab", "cd", "ef"],
}
LARGEST_SUM = {1: 20, 2: 16, 3: 14, 4: 13, 5: 9, 6: 7}


def shown_of(counts: tuple[int, ...], threshold: int) -> Shown:
    cells = dict(zip("abcdef", counts, strict=False))
    return suppressed(cells, threshold=threshold, groups=GROUPS[len(counts)])


@pytest.mark.parametrize("threshold", [3, 4, 5])
@pytest.mark.parametrize("size", GROUPS)
def test_every_table_that_looks_the_same_leaves_each_hidden_number_open(size: int, threshold: int) -> None:
    """The strongest reader: tries all tables and keeps those that would have been printed like this one."""
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(LARGEST_SUM[size] + 1), repeat=size):
        if sum(counts) <= LARGEST_SUM[size]:
            shown = shown_of(counts, threshold)
            alike[tuple(shown.cells.values()), shown.total].append(counts)

    for (cells, _total), worlds in alike.items():
        for place, cell in enumerate(cells):
            if cell is None:
                assert len({world[place] for world in worlds}) > 1


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, int], list[list[str]], int]:
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=4))
    keys = iter("abcdefghijklmnop")
    groups = [[next(keys) for _ in range(size)] for size in sizes]
    cells = {key: draw(st.integers(0, 30)) for group in groups for key in group}
    return cells, groups, draw(st.integers(3, 9))


@given(tables())
@settings(max_examples=4000)
def test_bounds_from_sums_and_shown_numbers_never_close_on_a_hidden_one(case: object) -> None:
    """Interval propagation: what is left of the sum bounds each hidden number from above, the others from below."""
    cells, groups, threshold = case  # type: ignore[misc]
    shown = suppressed(cells, threshold=threshold, groups=groups)
    hidden = [key for key, count in shown.cells.items() if count is None]
    assume(hidden and shown.total is not None)
    rest = shown.total - sum(count for count in shown.cells.values() if count is not None)

    low = dict.fromkeys(hidden, 0)
    high = dict.fromkeys(hidden, rest)
    for key in hidden:
        others = [one for one in hidden if one != key]
        low[key] = max(low[key], rest - sum(high[one] for one in others))
        high[key] = min(high[key], rest - sum(low[one] for one in others))

    assert all(low[key] < high[key] for key in hidden)
    assert rest >= threshold, "the hidden numbers together are no small number either"


@given(tables())
@settings(max_examples=2000)
def test_no_small_number_is_shown_and_no_shown_one_is_altered(case: object) -> None:
    cells, groups, threshold = case  # type: ignore[misc]

    shown = suppressed(cells, threshold=threshold, groups=groups)

    for key, count in shown.cells.items():
        assert count is None or (count == cells[key] and not 0 < count < threshold)
    assert shown.total in (None, sum(cells.values()))
    assert (shown.total is None) == (0 < sum(cells.values()) < threshold)


@given(tables(), st.data())
@settings(max_examples=2000)
def test_a_move_between_hidden_numbers_can_always_go_unseen(case: object, data: st.DataObject) -> None:
    """For large tables: from each hidden number something can be moved so that the print stays the same."""
    cells, groups, threshold = case  # type: ignore[misc]
    shown = suppressed(cells, threshold=threshold, groups=groups)
    hidden = [key for key, count in shown.cells.items() if count is None]
    assume(hidden and shown.total is not None)
    key = data.draw(st.sampled_from(hidden))

    def looks_the_same(other: str, moved: int) -> bool:
        world = {**cells, key: cells[key] - moved, other: cells[other] + moved}
        return min(world.values()) >= 0 and suppressed(world, threshold=threshold, groups=groups) == shown

    others = [one for one in hidden if one != key]
    moves = [n for n in range(-40, 41) if n]
    assert any(looks_the_same(other, moved) for other in others for moved in moves)


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        ((4, 5, 9, 8), (None, None, 9, 8), 26),
        ((4, 0, 9, 8), (None, None, None, None), 21),
        ((5, 0, 9, 8), (5, 0, 9, 8), 22),
        ((0, 0, 0, 0), (0, 0, 0, 0), 0),
        ((4, 0, 0, 0), (None, None, None, None), None),
        ((4, 0, 0, 1), (None, None, None, None), 5),
    ],
)
def test_borders_from_both_sides(
    counts: tuple[int, ...], cells: tuple[int | None, ...], total: int | None
) -> None:
    shown = shown_of(counts, 5)

    assert (tuple(shown.cells.values()), shown.total) == (cells, total)


@pytest.mark.parametrize(
    ("groups", "threshold"), [(["ab"], 2), (["a", "b"], 5), (["abc"], 5), (["ab", "b"], 5)]
)
def test_groups_and_thresholds_that_would_tell_are_refused(groups: list[str], threshold: int) -> None:
    with pytest.raises(ValueError, match="hidden|group"):
        suppressed({"a": 1, "b": 9}, threshold=threshold, groups=groups)


def test_lone_counts_and_medians() -> None:
    assert [lone_count(count, threshold=5) for count in (0, 1, 4, 5)] == [0, None, None, 5]
    assert (median([]), median([7]), median([9, 1, 4]), median([1, 2, 3, 9])) == (None, 7, 4, 2)
