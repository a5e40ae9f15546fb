"""Makes a model on which the engine and the token game differ as small as it still differs."""

from collections.abc import Callable, Iterator
from copy import deepcopy

from tests.workflows.engine.random_blocks import Block

MOST_TRIES = 400
_TWO_WAYS = ("choice", "and", "or", "and_or", "events")


def smallest(tree: Block, differs: Callable[[Block], bool]) -> Block:
    """The smallest tree found by taking away one piece after another."""
    tries = 0
    while True:
        for candidate in _smaller(tree):
            tries += 1
            if tries > MOST_TRIES:
                return tree
            if differs(candidate):
                tree = candidate
                break
        else:
            return tree


def _smaller(tree: Block) -> Iterator[Block]:
    count = sum(1 for _ in tree.all())
    for number in range(count):
        for change in (_by_first_part, _by_last_part, _by_person, _without_part, _without_edges):
            candidate = deepcopy(tree)
            block = list(candidate.all())[number]
            if change(block):
                yield candidate


def _by_first_part(block: Block) -> bool:
    """The block gives way to its first part."""
    return _by_part(block, 0)


def _by_last_part(block: Block) -> bool:
    """The block gives way to its last part."""
    return len(block.parts) > 1 and _by_part(block, -1)


def _by_part(block: Block, place: int) -> bool:
    inner = block.parts[0].parts if block.kind in ("sub", "call") else block.parts
    if block.kind in ("body", "many") or not inner or inner[place].kind in ("stop", "leave"):
        return False
    _become(block, inner[place])
    return True


def _by_person(block: Block) -> bool:
    """The block gives way to a user task."""
    if block.kind in ("body", "stop", "leave") or (block.kind == "person" and not block.edges):
        return False
    _become(block, Block("person"))
    return True


def _without_part(block: Block) -> bool:
    least = 1 if block.kind == "seq" else 2
    if block.kind not in ("seq", *_TWO_WAYS) or len(block.parts) <= least:
        return False
    block.parts.pop()
    block.word = " ".join(block.word.split()[: len(block.parts)])
    return True


def _without_edges(block: Block) -> bool:
    had = bool(block.edges)
    block.edges = []
    return had


def _become(block: Block, other: Block) -> None:
    for name in ("kind", "parts", "word", "edges", "copies", "name"):
        setattr(block, name, getattr(other, name))
