"""Models in which a step could move on in several ways: the engine takes the one that the oracle takes."""

from collections.abc import Iterable

import pytest

from tests.workflows.engine.constructs import text
from tests.workflows.engine.prove import first_difference
from tests.workflows.engine.random_blocks import Block, Copies, Edge

PASS = Block("pass")
LATE = Edge(message=False, interrupting=True, stays=True)
PATHS = range(10)


def body(part: Block, word: str = "end") -> Block:
    return Block("body", [part], word=word)


def sub(part: Block, edges: Iterable[Edge] = (), word: str = "end") -> Block:
    return Block("sub", [body(part, word)], edges=list(edges))


def first_of_two(part: Block) -> Block:
    """Two instances at once, of which one is enough."""
    copies = Copies(sequential=False, count=2, item=True, results=True, until=1)
    return body(Block("many", [body(part)], word="sub", copies=copies))


def two(first: Block, second: Block) -> Block:
    return Block("and", [first, second])


def reports() -> Block:
    """Two tokens of an inner block on one flow, the outer join waiting; a terminate end behind it."""
    inner = Block("merged", [Block("person"), Block("compute"), Block("person")])
    return body(Block("merged", [inner, Block("person"), Block("person")]), "terminate")


MODELS = {
    "inner join before outer": reports(),
    "terminate in instances": first_of_two(sub(PASS, word="terminate")),
    "end in instances": first_of_two(sub(PASS)),
    "first with boundary event": first_of_two(two(sub(PASS, [LATE]), sub(PASS))),
    "second with boundary event": first_of_two(two(sub(PASS), sub(PASS, [LATE]))),
    "deep beside boundary event": first_of_two(two(sub(two(sub(PASS), sub(PASS, [LATE]))), sub(sub(PASS)))),
}


@pytest.mark.parametrize("name", MODELS)
def test_engine_and_oracle_agree_on_what_is_first(name: str) -> None:
    tree = MODELS[name]

    found = [first_difference(tree, seed) for seed in PATHS]

    assert not any(found), f"{text(tree)}\n{next(filter(None, found))}"
