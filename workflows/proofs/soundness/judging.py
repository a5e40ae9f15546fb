"""What the explored states say about the models."""

from collections.abc import Callable, Collection, Iterable, Iterator

from workflows.proofs.findings import Finding, Passage, finding
from workflows.proofs.ways import reachable
from workflows.rules.texts import Text, text

from .domains import Domains
from .exploring import Explored
from .net import CHOOSING
from .state import State
from .step import Move


def judge_runs(explored: list[Explored], clocks: Collection[str]) -> Iterator[Finding]:
    """Everything that is wrong with the runs themselves; of the clocks only the known ones are judged."""
    for one in explored:
        yield from _unproved(one)
        yield from _troubles(one)
        yield from _stuck(one)
        yield from _clocks(one, clocks)
    endless = [found for one in explored for found in _endless(one)]
    yield from endless
    # Where tokens pile up a run is not followed: what it would still pass is not known.
    if all(one.complete and not one.piled for one in explored):
        yield from _never_taken(explored, {found.element for found in endless})
        yield from _never_stopped(explored, clocks)


def passages(explored: Explored, moves: Iterable[Move]) -> tuple[Passage, ...]:
    """Moves as the elements that people see; what the run is given belongs to its first element."""
    nodes = explored.net.nodes
    given: tuple[tuple[str, object], ...] = ()
    found = []
    for move in moves:
        if not move.element:
            given = move.outcome
            continue
        choice = nodes[move.element].kind in CHOOSING and len(explored.net.out[move.element]) > 1
        flows = [explored.net.flows[flow] for flow in move.flows] if choice else []
        takes = tuple(("takes", flow.label or flow.target) for flow in flows)
        found.append(Passage(move.element, nodes[move.element].label, (*given, *move.outcome, *takes)))
        given = ()
    return tuple(found)


def way_to(element: str, explored: Iterable[Explored]) -> tuple[Passage, ...]:
    """The shortest way of any run to an element, which is passed last; empty when no run comes there."""
    ways = [passages(one, one.path_to(*one.passed[element])) for one in explored if element in one.passed]
    return min(ways, key=len, default=())


def said_of(one: Explored, element: str, sentence: Text, moves: Iterable[Move]) -> Finding:
    """A finding at an element or flow, with the moves that lead there."""
    flow = one.net.flows.get(element)
    file = one.net.file_of(flow.source if flow else element)
    return finding(file, element, sentence, passages(one, moves))


def _unproved(one: Explored) -> Iterator[Finding]:
    root = one.net.root
    if not one.complete and not one.piled:
        sentence = text("not proved: a run has more than %(count)s states", count=one.limit)
        yield finding(root.file, root.id, sentence)
    for sum_ in sorted(Domains(one.net).sums):
        sentence = text(
            "not proved: “%(sum)s” calculates; compare with words, numbers or variables", sum=sum_
        )
        yield finding(root.file, root.id, sentence)


_SENTENCES: dict[str, Callable[..., Text]] = {
    "unsafe": lambda: text("a second token comes here while the first is still there"),
    "double_end": lambda other: text("a run comes to this end while %(other)s is still open", other=other),
    "no_way_out": lambda values: text("no flow out of the choice is open when %(values)s", values=values),
    "condition_fails": lambda reason: text("a condition cannot be answered here: %(reason)s", reason=reason),
    "unanswered": lambda process: text(
        "nobody answers here: on this way no run of %(process)s was started", process=process
    ),
    "table_fails": lambda reason, values: text(
        "the table gives no answer here when %(values)s: %(reason)s", values=values, reason=reason
    ),
}


def _troubles(one: Explored) -> Iterator[Finding]:
    for key, (trouble, before, move) in one.troubles.items():
        # Where two tokens are, two come to many places: the first is said. A stuck join is said as such.
        if key in one.piled[1:] or (key[0] == "double_end" and _dead_states(one)):
            continue
        sentence = _SENTENCES[trouble.kind](*trouble.words)
        yield said_of(one, _node_at(one, trouble.element), sentence, one.path_to(before, move))


def _node_at(one: Explored, place: str) -> str:
    """The node of a place: for a flow into a join, the join."""
    return one.net.flows[place].target if place in one.net.flows else place


def _dead_states(one: Explored) -> list[State]:
    return (
        [s for s in one.way if s.tokens and s not in one.following and s not in one.cut]
        if one.complete
        else []
    )


def _stuck(one: Explored) -> Iterator[Finding]:
    """Joins at which a token waits although nothing can come any more."""
    said: set[str] = set()
    for state in _dead_states(one):
        for token in (t for t in state.tokens if t.mode == "joins"):
            join = _node_at(one, token.place)
            here = {t.place for t in state.tokens if t.path == token.path}
            missing = [f.id for f in one.net.into[join] if f.id not in here | one.net.behind[join]]
            if join not in said:
                said.add(join)
                sentence = text(
                    "a token waits at this join for ever: nothing comes any more by %(flows)s",
                    flows=", ".join(missing),
                )
                yield said_of(one, join, sentence, one.path(state))


def _endless(one: Explored) -> Iterator[Finding]:
    """The first circle of states that a run cannot leave; one that ends in a failure or a stuck join is none."""
    if not one.complete:
        return
    fine = _leading_to([*one.ended, *one.cut, *_dead_states(one)], one)
    lost = next((state for state in one.way if state not in fine), None)
    if lost is None:
        return
    circle = _last_circle(lost, one)
    first = next(state for state in one.way if state in circle)
    place, flows = _way_out(one, circle)
    if flows:
        sentence = text(
            "the run goes round for ever: here it can never take %(flows)s", flows=", ".join(flows)
        )
    else:
        place = _node_at(one, first.tokens[0].place)
        sentence = text("from here on no end can be reached: the run goes round for ever")
    yield said_of(one, place, sentence, one.path(first))


def _last_circle(state: State, one: Explored) -> set[State]:
    """States that reach each other and nothing else."""
    reached = _reached(state, one)
    while True:
        smaller = next(
            (r for r in (_reached(other, one) for other in reached) if len(r) < len(reached)), None
        )
        if smaller is None:
            return reached
        reached = smaller


def _reached(state: State, one: Explored) -> set[State]:
    return reachable([state], lambda other: [m.state for m in one.following.get(other, ()) if m.state])


def _way_out(one: Explored, circle: set[State]) -> tuple[str, list[str]]:
    """A choice in the circle with the flows that it never takes there."""
    taken: dict[str, set[str]] = {}
    for state in one.way:
        for move in one.following.get(state, ()) if state in circle else ():
            if move.element and one.net.nodes[move.element].kind in CHOOSING:
                taken.setdefault(move.element, set()).update(move.flows)
    for gateway, flows in taken.items():
        missing = [flow.id for flow in one.net.out[gateway] if flow.id not in flows]
        if missing:
            return gateway, missing
    return "", []


def _leading_to(states: Iterable[State], one: Explored) -> set[State]:
    before: dict[State, list[State]] = {}
    for state, moves in one.following.items():
        for move in moves:
            if move.state is not None:
                before.setdefault(move.state, []).append(state)
    return reachable(states, lambda state: before.get(state, ()))


def _clocks(one: Explored, clocks: Collection[str]) -> Iterator[Finding]:
    for clock, (before, move) in one.running.items():
        if clock not in clocks:
            continue
        sentence = text("the clock %(clock)s still runs when the run ends here", clock=clock)
        yield said_of(one, move.element, sentence, one.path_to(before, move))


def _never_taken(explored: list[Explored], said: set[str]) -> Iterator[Finding]:
    """Flows out of choices that no run takes; what lies behind them is not said again."""
    taken = {flow for one in explored for flow in one.flows}
    failed = said | {element for one in explored for _, element in one.troubles}
    for one in explored:
        for flow in one.net.flows.values():
            node = one.net.nodes[flow.source]
            seen = one.passed.get(node.id)
            if node.kind in CHOOSING and seen and flow.id not in taken and node.id not in failed:
                yield said_of(one, flow.id, text("no run ever takes this flow"), one.path_to(*seen))


def _never_stopped(explored: list[Explored], clocks: Collection[str]) -> Iterator[Finding]:
    """Elements that stop a clock which never runs when they are passed."""
    stopped = {pair for one in explored for pair in one.stopped}
    for one in explored:
        for node in one.net.nodes.values():
            seen = one.passed.get(node.id)
            if seen is None:
                continue
            for clock in node.words("stopsClock"):
                if clock in clocks and (node.id, clock) not in stopped:
                    sentence = text("the clock %(clock)s never runs when this element stops it", clock=clock)
                    yield said_of(one, node.id, sentence, one.path_to(*seen))
