"""Small models played in every way: what is sound passes, what is not is found with the shortest way to it."""

import pytest

from tests.bpmn.real_models import known
from tests.workflows.proofs.small_models import drawing
from workflows.proofs.findings import Finding
from workflows.proofs.soundness import explore_all, judge

ENDLESS = "from here on no end can be reached: the run goes round for ever"
SECOND = "a second token comes here while the first is still there"


def found_in(arrows: str, inside: str = "", most_states: int = 5_000) -> list[Finding]:
    """What is said about a small model."""
    explored = explore_all(drawing(arrows, inside), {}, most_states)
    return list(judge(explored, known().clocks))


def said(found: list[Finding]) -> list[tuple[str, str, str]]:
    """Element, reason and the elements of the way."""
    return [(one.element, one.reason, " ".join(p.element for p in one.path)) for one in found]


def waits_for(flows: str) -> str:
    """The sentence about a join."""
    return f"a token waits at this join for ever: nothing comes any more by {flows}"


@pytest.mark.parametrize(
    "arrows",
    [
        "s>a a>e",
        "s>p1 p1>a p1>b a>p2 b>p2 p2>e",
        "s>p1 p1>a p1>p2 a>p2 p2>e",
        "s>p1 p1>p3 p3>a p3>b a>p4 b>p4 p4>c c>p2 p1>d d>p2 p2>e",
        "s>t t>p1 p1>x1 x1>a x1>b a>x2 b>x2 x2>p2 p1>c c>p2 p2>e",
        "s>x0 x0>p1 p1>a p1>b a>p2 b>p2 p2>x3 x3>x0 x3>e",
        "s>p1 p1>x1 x1>a a>x2 x2>x1 x2>p2 p1>b b>p2 p2>e",
        "s>p1 p1>a p1>p3 p3>b p3>c a>p2 b>p2 c>p2 p2>e",
        "s>t t>i1 i1>a i1>b i1>c a>i2 b>i2 c>i2 i2>e",
        "s>g1 g1>m1 g1>m2 m1>x1 m2>x1 x1>e",
        "s>t t>x1 x1>a x1>b a>x2 b>x2 x2>x3 x3>c x3>d c>e d>e",
    ],
    ids=[
        "a line", "two branches", "an empty branch", "a block in a block", "a choice in a branch", "in a loop",
        "a loop inside", "a split whose branches meet in the outer join", "inclusive", "the first event",
        "two choices in a row",
    ],
)  # fmt: skip
def test_a_sound_model_is_accepted(arrows: str) -> None:
    assert said(found_in(arrows)) == []


@pytest.mark.parametrize(
    ("arrows", "expected"),
    [
        (
            "s>p1 p1>a p1>b p1>c a>p2 c>p2 b>e1 p2>e",
            [("e1", "a run comes to this end while a is still open", "s p1 b e1")],
        ),
        (
            "s>p1 p1>a p1>b a>p2 b>x1 x1>e1 x1>p2 p2>e",
            [("p2", waits_for("x1__p2"), "s p1 a b x1 e1")],
        ),
        ("s>p1 p1>a p1>b a>e b>e", [("e", "a run comes to this end while b is still open", "s p1 a e")]),
        (
            "s>t t>p1 p1>x1 x1>a x1>b a>p2 b>p2 p1>c c>p2 p2>e",
            [("p2", waits_for("b__p2"), "s t p1 x1 a c")],
        ),
        (
            "s>t t>x0 x0>p1 x0>d d>p2 p1>a p1>b a>p2 b>p2 p2>e",
            [("p2", waits_for("a__p2, b__p2"), "s t x0 d")],
        ),
        ("s>t t>x0 x0>p1 x0>a p1>a p1>b a>p2 b>p2 p2>e", [("p2", waits_for("b__p2"), "s t x0 a")]),
        ("s>t t>x0 x0>a x0>b a>p2 b>p2 p2>e", [("p2", waits_for("b__p2"), "s t x0 a")]),
        ("s>p1 p1>a p1>b a>x2 b>x2 x2>c c>e", [("c", SECOND, "s p1 a x2 b x2")]),
        ("s>a a>x1 x1>b x1>a b>x2 x2>b", [("b", ENDLESS, "s a x1")]),
        (
            "s>x1 x1>x2 x2>x1 x1>e",
            [("x1", "the run goes round for ever: here it can never take x1__e", "s")],
        ),
        ("s>t t>i1 i1>a i1>b a>p2 b>p2 p2>e", [("p2", waits_for("b__p2"), "s t i1 a")]),
        ("s>t t>i1 i1>a i1>b a>x2 b>x2 x2>c c>e", []),
    ],
    ids=[
        "a branch ends", "a branch may end", "double end", "two flows of a branch", "too many waited for", "entered",
        "join of a choice", "a choice closes a split", "a loop without exit", "an empty loop",
        "a parallel join closes an inclusive split", "an inclusive split of one",
    ],
)  # fmt: skip
def test_an_unsound_model_is_found_with_the_way_there(
    arrows: str, expected: list[tuple[str, str, str]]
) -> None:
    assert said(found_in(arrows)) == expected
