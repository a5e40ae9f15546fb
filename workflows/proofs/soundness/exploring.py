"""Every state that a run can come to, the shortest way to each, and what went wrong on the way."""

from collections import deque
from dataclasses import dataclass, field

from .game import Game
from .net import Net
from .state import State
from .step import Move, Trouble

# The real models need far less; a model beyond it is not proved, which is a finding.
MOST_STATES = 40_000
# Where tokens pile up states abound, and the first place is known already.
MOST_WHEN_PILED = 4_000
PILED = ("unsafe", "double_end")


@dataclass
class Explored:
    """The states found, breadth first. `way` holds for each state the state before and the move between.

    `troubles`: the first of each kind at each element. `running`: clocks that run on when a run ends, with its
    last move. `cut`: states with a move that failed.
    """

    net: Net
    limit: int
    way: dict[State, tuple[State | None, Move]] = field(default_factory=dict)
    following: dict[State, list[Move]] = field(default_factory=dict)
    troubles: dict[tuple[str, str], tuple[Trouble, State | None, Move]] = field(default_factory=dict)
    passed: dict[str, tuple[State | None, Move]] = field(default_factory=dict)
    flows: set[str] = field(default_factory=set)
    stopped: set[tuple[str, str]] = field(default_factory=set)
    running: dict[str, tuple[State | None, Move]] = field(default_factory=dict)
    complete: bool = True
    cut: set[State] = field(default_factory=set)

    def path_to(self, before: State | None, *moves: Move) -> tuple[Move, ...]:
        """The moves from the start up to a state and then on."""
        found = list(reversed(moves))
        while before is not None:
            before, move = self.way[before]
            found.append(move)
        return tuple(reversed(found))

    def path(self, state: State) -> tuple[Move, ...]:
        """The shortest way to a state."""
        before, move = self.way[state]
        return self.path_to(before, move)

    @property
    def piled(self) -> list[tuple[str, str]]:
        """Troubles with too many tokens, the nearest first."""
        return [key for key in self.troubles if key[0] in PILED]

    @property
    def ended(self) -> list[State]:
        """States in which the run has ended."""
        return [state for state in self.way if not state.tokens]


def explore(net: Net, limit: int = MOST_STATES) -> Explored:
    """Play the net in every way, up to so many states."""
    game, found = Game(net), Explored(net, limit)
    open_states: deque[State] = deque()
    for move in game.begin():
        _note(found, None, move, open_states)
    while open_states:
        state = open_states.popleft()
        if len(found.way) > (min(limit, MOST_WHEN_PILED) if found.piled else limit):
            found.complete = False
            break
        for move in game.moves(state) if state.tokens else ():
            _note(found, state, move, open_states)
    return found


def _note(found: Explored, before: State | None, move: Move, open_states: deque[State]) -> None:
    found.flows.update(move.flows)
    found.stopped.update(move.stopped)
    found.passed.setdefault(move.element, (before, move))
    for trouble in move.troubles:
        found.troubles.setdefault((trouble.kind, trouble.element), (trouble, before, move))
    if move.state is not None and not move.state.tokens:
        for clock in move.state.clocks:
            found.running.setdefault(clock, (before, move))
    if move.state is None:
        if before is not None:
            found.cut.add(before)
        return
    if before is not None:
        found.following.setdefault(before, []).append(move)
    if move.state not in found.way:
        found.way[move.state] = (before, move)
        open_states.append(move.state)
