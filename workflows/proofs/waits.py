"""No run waits for something that may never come: each wait has a person, a deadline, or a run that answers."""

from collections.abc import Iterator

from workflows.rules.texts import Text, text

from .drawing import Drawings, Node, Process
from .findings import Finding, finding
from .known import Known
from .structure import ends_of, starts_of
from .ways import reachable


def findings(drawings: Drawings, known: Known) -> Iterator[Finding]:
    """Waits without a deadline and without an answering run; timers without a legal clock."""
    for process in drawings.processes.values():
        for node in process.nodes.values():
            reason = _reason(process, node, drawings)
            if reason is not None:
                yield finding(process.file, node.id, reason)


def _reason(process: Process, node: Node, drawings: Drawings) -> Text | None:
    if node.event == "timer" and not node.says.get("clock"):
        return text("the timer names no legal clock")
    waits = node.kind == "receiveTask" or (node.kind == "intermediateCatchEvent" and node.event == "message")
    if not waits or any(b.event == "timer" for b in process.boundaries(node.id)):
        return None
    answering = node.words("waitsFor")
    if not answering:
        return text(
            "the wait has neither a boundary timer nor fundguard:waitsFor naming the run that answers"
        )
    return _not_answered(answering, drawings)


def _not_answered(answering: tuple[str, ...], drawings: Drawings) -> Text | None:
    """Why the named elements do not surely answer: every way of their process to an end must pass one of them."""
    elements = {name.partition(".")[2] for name in answering}
    process = drawings.processes.get(answering[0].partition(".")[0])
    if process is None or not elements.issubset(process.nodes):
        return text(
            "fundguard:waitsFor names %(names)s, which is not drawn in the files", names=" ".join(answering)
        )
    past = reachable(starts_of(process), lambda node: [n for n in process.after(node) if n not in elements])
    missed = sorted(past.intersection(ends_of(process)))
    return (
        text(
            "the run that answers can end at %(missed)s without passing %(names)s",
            missed=missed[0],
            names=" or ".join(answering),
        )
        if missed
        else None
    )
