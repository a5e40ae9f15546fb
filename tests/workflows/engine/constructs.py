"""Which constructs a random model holds, and the model as one line of text."""

from collections import Counter

from tests.workflows.engine.random_blocks import Block, Edge

_STEPS = {
    "person": "user task", "receive": "receive task", "catch_message": "message event",
    "catch_timer": "timer event", "effect": "effect", "compute": "compute",
    "pass": "milestone", "decision": "business rule task",
}  # fmt: skip
_BLOCKS = {
    "seq": "sequence", "choice": "exclusive gateway", "and": "parallel gateway", "or": "inclusive gateway",
    "and_or": "parallel fork, inclusive join", "merged": "inclusive join that fires again",
    "jump": "inclusive join with a way across", "loop": "loop", "sub": "embedded sub-process",
    "call": "call activity", "events": "event-based gateway", "leave": "end on the way",
    "stop": "terminate inside a block",
}  # fmt: skip


def constructs(tree: Block) -> Counter[str]:
    """How often each construct stands in the model."""
    found: Counter[str] = Counter()
    for block in tree.all():
        found.update(_names(block))
        found.update(_edge(edge) for edge in block.edges)
    return found


def _names(block: Block) -> list[str]:
    if block.kind == "body":
        return ["terminate end"] if block.word == "terminate" else []
    if block.kind == "crossed":
        return [f"forks into one {'inclusive' if block.word == 'or' else 'parallel'} join"]
    if block.copies is not None:
        order = "sequential" if block.copies.sequential else "parallel"
        what = {"sub": "sub-process", "call": "call activity"}.get(block.word, "user task")
        early = ["multi-instance with condition of completion"] if block.copies.until is not None else []
        return [f"{order} multi-instance {what}", *early]
    return [_STEPS.get(block.kind) or _BLOCKS[block.kind]]


def _edge(edge: Edge) -> str:
    kind = "message" if edge.message else "timer"
    return f"boundary {kind}, {'interrupting' if edge.interrupting else 'not interrupting'}"


_SIGNS = {"choice": "?", "and": "+", "or": "o", "and_or": "+o", "merged": "o2", "jump": "o~", "events": "!"}


def text(block: Block) -> str:
    """The model as one line: `?( | )` a choice, `+` parallel, `o` inclusive, `!` events, `*` a loop."""
    parts = [text(part) for part in block.parts]
    if block.kind == "body":
        return parts[0] + (" terminate" if block.word == "terminate" else "")
    if block.kind == "seq":
        return " ".join(parts)
    return f"{_core(block, parts)}{_edges(block)}"


def _core(block: Block, parts: list[str]) -> str:
    name = block.name
    if block.copies is not None:
        return f"{name}×{_copies(block)}[{' '.join(parts)}]"
    if block.kind == "crossed":
        sign = "o" if block.word == "or" else "+"
        return f"{name}{sign}({parts[0]} | +({parts[1]} | {parts[2]}))"
    if block.kind in ("sub", "call"):
        return f"{name}[{parts[0]}]"
    if block.kind == "loop":
        return f"{name}*({parts[0]})"
    if block.kind in ("stop", "leave"):
        return f"{parts[0]} {block.kind}"
    if block.kind in _SIGNS:
        kinds = block.word.split() if block.kind == "events" else [""] * len(parts)
        ways = (f"{kind}: {part}" if kind else part for kind, part in zip(kinds, parts, strict=True))
        return f"{name}{_SIGNS[block.kind]}({' | '.join(ways)})"
    return name or block.kind


def _copies(block: Block) -> str:
    copies = block.copies
    assert copies is not None
    count = "list" if copies.count < 0 else str(copies.count)
    until = "" if copies.until is None else f" until {copies.until}"
    return f"({count} {'in turn' if copies.sequential else 'at once'}{until})"


def _edges(block: Block) -> str:
    words = [
        ("message" if edge.message else "timer")
        + ("" if edge.interrupting else "+")
        + ("" if edge.stays else "→end")
        for edge in block.edges
    ]
    return "{" + ", ".join(words) + "}" if words else ""
