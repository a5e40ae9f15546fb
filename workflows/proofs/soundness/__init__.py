"""Every run of a model with all that it calls is played in advance: each can end, and leaves nothing behind."""

from collections.abc import Collection, Iterator, Mapping

from workflows.proofs.drawing import Drawings
from workflows.proofs.findings import Finding

from . import staffing
from .exploring import MOST_STATES, Explored, explore
from .judging import judge_runs, passages, way_to
from .net import nets_of

__all__ = ["MOST_STATES", "Explored", "explore", "explore_all", "judge", "passages", "way_to"]


def explore_all(
    drawings: Drawings, operations: Mapping[str, str], limit: int = MOST_STATES
) -> list[Explored]:
    """The states of every process that can be played; a called process is played inside its callers."""
    nets = list(nets_of(drawings, operations))
    called = {name for net in nets for name in net.processes if name != net.root.id}
    return [explore(net, limit) for net in nets if net.root.id not in called]


def judge(explored: list[Explored], clocks: Collection[str]) -> Iterator[Finding]:
    """Everything that is wrong, with the shortest way to it. Of the clocks only the known ones are judged."""
    yield from judge_runs(explored, clocks)
    yield from staffing.findings(explored)
