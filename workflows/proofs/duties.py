"""No single account can hold two duties that the law keeps apart, in all runs of one matter.

The proof reads what the tasks declare: a task may not be taken by holders of the separation keys it excludes,
and a holder of its own duty may not take a task that excludes that duty, in whichever order the work comes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from workflows.rules.texts import Text, text

from .drawing import Drawings, Node, Process
from .findings import Finding, finding
from .known import Known
from .ways import reachable

_HANDLING = ("verify", "handle")
_LANE_DUTIES = {
    "case_handler": {"verify", "handle", "report"},
    "legal_reviewer": {"review", "reexamine"},
    "hearing_chair": {"chair"},
    "reward_officer": {"assess"},
    "identity_officer": {"confirm_identity", "deliver_notice"},
    "finance": {"order_payment", "release_payment", "pay", "collect"},
}


@dataclass(frozen=True)
class Separation:
    """A duty, the duties that its holder may not have held in the same matter, and where it says so."""

    duty: str
    apart_from: tuple[str, ...]
    source: str


SEPARATIONS = (
    Separation("review", _HANDLING, "PP 37; APL 58"),
    Separation("chair", _HANDLING, "APL 64"),
    Separation("decide", _HANDLING, "PP 5, 43; APL 57"),
    Separation("approve", _HANDLING, "PP 5, 43"),
    Separation("collect", (*_HANDLING, "decide", "approve"), "APL 67"),
    Separation("assess", ("register", *_HANDLING), "医保办发〔2022〕22号"),
    Separation("approve_reward", ("assess", *_HANDLING), "医保办发〔2022〕22号"),
    Separation("approve_reward_again", ("approve_reward", "assess", *_HANDLING), "医保办发〔2022〕22号"),
    Separation("confirm_identity", ("pay", "register", *_HANDLING), "医保办发〔2022〕22号"),
    Separation("deliver_notice", ("register", *_HANDLING), "医保办发〔2022〕22号"),
    Separation("approve_opening", _HANDLING, "REG 46; TH 18"),
    Separation("approve_purge", ("propose_purge",), "REG 46; TH 18, 22"),
    Separation("approve_purge_again", ("propose_purge", "approve_purge"), "REG 46; TH 18, 22"),
    Separation(
        "reexamine",
        ("register", *_HANDLING, "decide", "assess", "approve_reward", "approve_reward_again"),
        "PP 5; TH 12",
    ),
    Separation("approve_tip_report", ("draft_tip_report",), "TH 19"),
    Separation(
        "order_payment",
        ("approve_reward", "approve_reward_again", "assess", *_HANDLING),
        "医保办发〔2022〕22号",
    ),
    Separation(
        "release_payment",
        ("order_payment", "approve_reward", "approve_reward_again", "assess", *_HANDLING),
        "医保办发〔2022〕22号",
    ),
    Separation(
        "pay", ("approve_reward", "approve_reward_again", "assess", *_HANDLING), "医保办发〔2022〕22号"
    ),
)
DUTIES = {"register", "report", "record_claim"}.union(*({s.duty, *s.apart_from} for s in SEPARATIONS))


def findings(drawings: Drawings, known: Known) -> Iterator[Finding]:
    """Tasks that one account could hold together against the law, over all linked processes."""
    for process in drawings.processes.values():
        tasks = _tasks_of_matter(process.id, drawings)
        for node in (n for n in process.nodes.values() if n.kind == "userTask"):
            for reason in (*_undeclared(node), *_together(node, tasks)):
                yield finding(process.file, node.id, reason)


def _undeclared(node: Node) -> Iterator[Text]:
    duty = node.says.get("duty", "")
    wanted = _LANE_DUTIES.get(node.role or "", set())
    if wanted and duty not in wanted:
        yield text(
            "a task of the lane %(role)s needs one of the duties %(names)s",
            role=node.role,
            names=", ".join(sorted(wanted)),
        )
    for key in sorted({duty, *node.words("excludes")} - {""} - DUTIES):
        yield text("the duty %(key)s is unknown", key=key)
    if node.words("excludes") and not duty:
        yield text(
            "the task excludes duties but has none itself, so nobody could be kept from them afterwards"
        )


def _together(node: Node, tasks: list[Node]) -> Iterator[Text]:
    for separation in SEPARATIONS:
        if separation.duty != node.says.get("duty"):
            continue
        for key in separation.apart_from:
            open_to = [t for t in tasks if t.says.get("duty") == key and not _apart(node, t)]
            if open_to:
                yield (
                    text(
                        "one account could %(key)s at %(element)s and %(duty)s here; exclude %(key)s (%(source)s)",
                        key=key,
                        element=open_to[0].id,
                        duty=separation.duty,
                        source=separation.source,
                    )
                )


def _apart(one: Node, other: Node) -> bool:
    """Whether the declarations keep one account from both tasks, in either order."""
    return other.says.get("duty") in one.words("excludes") or one.says.get("duty") in other.words("excludes")


def _tasks_of_matter(process_id: str, drawings: Drawings) -> list[Node]:
    """User tasks of all processes that belong to the same matter as a process."""
    linked = reachable([process_id], lambda name: _linked(name, drawings))
    return [n for p in sorted(linked) for n in drawings.processes[p].nodes.values() if n.kind == "userTask"]


def _linked(process_id: str, drawings: Drawings) -> list[str]:
    """Processes that call, start or answer a process, and those that it calls, starts or waits for."""
    own = set(_links(drawings.processes[process_id]))
    back = {p.id for p in drawings.processes.values() if process_id in _links(p)}
    return sorted((own | back).intersection(drawings.processes))


def _links(process: Process) -> list[str]:
    nodes = process.nodes.values()
    called = [node.called for node in nodes if node.called]
    answering = [name.partition(".")[0] for node in nodes for name in node.words("waitsFor")]
    others = (name for node in nodes for word in ("starts", "joins") for name in node.words(word))
    return [*called, *answering, *others]
