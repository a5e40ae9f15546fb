"""Parallel splits and their joins."""

import pytest

from tests.bpmn.real_models import known
from tests.workflows.proofs.small_models import drawing
from workflows.proofs import blocks


def reasons(arrows: str) -> list[tuple[str, str]]:
    """Element and reason of each finding."""
    return [(found.element, found.reason) for found in blocks.findings(drawing(arrows), known())]


@pytest.mark.parametrize(
    "arrows",
    [
        "s>p1 p1>a p1>b a>p2 b>p2 p2>e",
        "s>p1 p1>a p1>p2 a>p2 p2>e",
        "s>p1 p1>p3 p3>a p3>b a>p4 b>p4 p4>c c>p2 p1>d d>p2 p2>e",
        "s>p1 p1>x1 x1>a x1>b a>x2 b>x2 x2>p2 p1>c c>p2 p2>e",
        "s>x0 x0>p1 p1>a p1>b a>p2 b>p2 p2>x3 x3>x0 x3>e",
        "s>p1 p1>x1 x1>a a>x2 x2>x1 x2>p2 p1>b b>p2 p2>e",
    ],
    ids=[
        "two branches",
        "an empty branch",
        "a block in a block",
        "a choice in a branch",
        "in a loop",
        "a loop inside",
    ],
)
def test_a_block_is_accepted(arrows: str) -> None:
    assert reasons(arrows) == []


@pytest.mark.parametrize(
    ("arrows", "expected"),
    [
        (
            "s>p1 p1>a p1>b a>p2 b>e1 p2>e",
            [("p1", "a branch of the parallel split leaves the block without passing its join")],
        ),
        (
            "s>p1 p1>a p1>b a>p2 b>p3 c>p2 d>p3 p2>e p3>e",
            [("p1", "the branches of the parallel split meet at 2 joins instead of one"),
             ("p3", "no parallel split belongs to this join")],
        ),
        (
            "s>p1 p1>x1 x1>a x1>b a>p2 b>p2 p1>c c>p2 p2>e",
            [("p1", "a branch does not come to p2 by exactly one flow of its own")],
        ),
        (
            "s>x0 x0>p1 x0>d d>p2 p1>a p1>b a>p2 b>p2 p2>e",
            [("p1", "p2 waits for more flows than the split has branches")],
        ),
        (
            "s>x0 x0>p1 x0>a p1>a p1>b a>p2 b>p2 p2>e",
            [("p1", "a flow enters the parallel block past its split")],
        ),
        ("s>x0 x0>a x0>b a>p2 b>p2 p2>e", [("p2", "no parallel split belongs to this join")]),
    ],
    ids=["ends inside", "two joins", "two flows of a branch", "too many waited for", "entered", "join of a choice"],
)  # fmt: skip
def test_a_block_that_does_not_close_is_refused(arrows: str, expected: list[tuple[str, str]]) -> None:
    assert reasons(arrows) == expected
