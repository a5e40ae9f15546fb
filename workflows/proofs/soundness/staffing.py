"""Every way of a run can be staffed: nobody is excluded from a task by what all who may do it have done before.

Separate people are separate pools: those whom a candidates function names, and for everything else the members of
a lane. Tasks that exclude each other need different people of their pool.
"""

from collections import deque
from collections.abc import Iterator
from itertools import combinations, product

from workflows.proofs.drawing import Node
from workflows.proofs.findings import Finding
from workflows.rules.texts import text

from .exploring import Explored
from .judging import said_of
from .state import State
from .step import Move

# An act is done by two officers (PP 20; APL 42); a bureau has one principal, and of others at least two.
PEOPLE = 2
ONE_PERSON = {"chief"}
_MOST_TASKS = 5
Way = tuple[Move, ...]


def findings(explored: list[Explored]) -> Iterator[Finding]:
    """Groups of tasks on one way that need more people than there are, the smallest groups first."""
    for one in explored:
        for pool, tasks in _pools(one).items():
            yield from _in_pool(one, pool, tasks)


def people_of(pool: str) -> int:
    """How many people a pool has at least."""
    return 1 if pool in ONE_PERSON else PEOPLE


def _pools(one: Explored) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in one.net.nodes.values():
        if node.kind == "userTask" and node.id in one.passed and node.says.get("duty"):
            found.setdefault(node.says.get("candidates") or node.role or "", []).append(node)
    return found


def _in_pool(one: Explored, pool: str, tasks: list[Node]) -> Iterator[Finding]:
    people, proved = people_of(pool), list[set[str]]()
    apart = [task for task in tasks if any(_excludes(task, other) for other in tasks)]
    groups = [(task,) * (people + 1) for task in apart if _excludes(task, task)]
    groups += [g for size in range(2, _MOST_TASKS + 1) for g in combinations(apart, size)]
    for group in groups:
        names = {task.id for task in group}
        if any(other <= names for other in proved) or _can_be_staffed(group, people):
            continue
        way = _way_through(one, [task.id for task in group])
        if way:
            proved.append(names)
            sentence = text(
                "nobody is left for this task: %(tasks)s need more than the %(count)s people of %(pool)s",
                tasks=", ".join(task.id for task in group),
                count=people,
                pool=pool,
            )
            yield said_of(one, way[-1].element, sentence, way)


def _excludes(task: Node, other: Node) -> bool:
    """Whether one person may not do both, whichever declares it."""
    one, two = task.says.get("duty", ""), other.says.get("duty", "")
    return two in task.words("excludes") or one in other.words("excludes")


def _can_be_staffed(group: tuple[Node, ...], people: int) -> bool:
    """Try every assignment of people to the tasks of a small group."""
    pairs = [(i, j) for i, j in combinations(range(len(group)), 2) if _excludes(group[i], group[j])]
    return any(
        all(chosen[i] != chosen[j] for i, j in pairs) for chosen in product(range(people), repeat=len(group))
    )


def _way_through(one: Explored, tasks: list[str]) -> Way:
    """The shortest way on which all these tasks are done, one as often as it is named; empty if there is none."""
    wanted = {task: tasks.count(task) for task in tasks}
    names = sorted(wanted)
    nothing = (0,) * len(names)
    starts = [(state, nothing) for state, (before, _) in one.way.items() if before is None]
    came: dict[tuple[State, tuple[int, ...]], tuple[tuple[State, tuple[int, ...]] | None, Move]] = {
        start: (None, one.way[start[0]][1]) for start in starts
    }
    places = deque(starts)
    while places:
        place = places.popleft()
        for move in one.following.get(place[0], ()):
            done = tuple(
                min(n + (move.element == t), wanted[t]) for n, t in zip(place[1], names, strict=True)
            )
            if all(n == wanted[t] for n, t in zip(done, names, strict=True)):
                return (*_back(came, place), move)
            if move.state is not None and (move.state, done) not in came:
                came[(move.state, done)] = (place, move)
                places.append((move.state, done))
    return ()


def _back(came: dict, place: tuple[State, tuple[int, ...]]) -> Way:  # type: ignore[type-arg]
    found = []
    at: tuple[State, tuple[int, ...]] | None = place
    while at is not None:
        at, move = came[at]
        found.append(move)
    return tuple(reversed(found))
