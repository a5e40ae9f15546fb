"""One move of a run in the making: tokens taken away and put down, clocks started and stopped."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from workflows.proofs.drawing import Flow, Node

from .liveness import Liveness
from .net import Net
from .state import Data, Path, State, Token, merged, only, state_of

# Tokens of one side line that a place may hold; more are not followed.
MOST_TOKENS = 2
# Among the clocks of a state, the runs that were started and will answer.
STARTED = "run of "


class Trouble(NamedTuple):
    """What is wrong with a move: the kind, the element, and words for the sentence."""

    kind: str
    element: str
    words: tuple[str, ...] = ()


class Move(NamedTuple):
    """One element passed, with the values it set, the flows taken and the state after; no state if it failed.

    `stopped`: elements with the running clocks that they stopped.
    """

    element: str
    outcome: tuple[tuple[str, Any], ...]
    flows: tuple[str, ...]
    state: State | None
    troubles: tuple[Trouble, ...]
    stopped: tuple[tuple[str, str], ...] = ()


class Step:
    """Builds the state after a move."""

    def __init__(self, net: Net, liveness: Liveness, declared: Mapping[str, Data], state: State) -> None:
        self.net, self.liveness, self.declared = net, liveness, declared
        self.tokens = list(state.tokens)
        self.clocks = set(state.clocks)
        self.flows: list[str] = []
        self.troubles: list[Trouble] = []
        self.stopped: list[tuple[str, str]] = []
        self.crowded = False

    def move(self, element: str, outcome: tuple[tuple[str, Any], ...] = ()) -> Move:
        """The finished move. Where tokens pile up it has no state: such a run is not followed any further."""
        state = None if self.crowded else state_of(self.tokens, self.clocks)
        return Move(element, outcome, tuple(self.flows), state, tuple(self.troubles), tuple(self.stopped))

    def complete(self, node: Node, token: Token, data: Data) -> None:
        """A token passes a node: clocks first, then along every flow, or to the end of its instance."""
        self._tick(node)
        if is_instance(token, node):
            self.end(token.path, only(data, self.liveness.after(node) | self.liveness.at[node.id]))
        else:
            for flow in self.net.out[node.id]:
                self.along(token.path, flow, data, token.line)

    def pass_choice(self, node: Node, token: Token, flows: list[Flow]) -> None:
        """A token leaves a gateway by the chosen flows."""
        self._tick(node)
        for flow in flows:
            self.along(token.path, flow, token.data, token.line)

    def along(self, path: Path, flow: Flow, data: Data, line: str) -> None:
        """A token takes a flow to the next node; before a join it stays on the flow."""
        self.flows.append(flow.id)
        target = self.net.nodes[flow.target]
        data = only(data, self.liveness.at[target.id])
        behind = target.kind == "parallelGateway" and flow.id in self.net.behind.get(target.id, ())
        if self.net.is_join(target.id) and not behind:
            self.put(Token(path, flow.id, "joins", data, line))
        else:
            self.enter(path, target, data, line)

    def enter(self, path: Path, node: Node, data: Data, line: str = "") -> None:
        """A token comes to a node."""
        if node.several or not (self.net.inner(node) or self.net.waits(node)):
            self.put(Token(path, node.id, "moves", data, line))
        elif self.net.inner(node):
            self.open(path, node, data, line, count=1)
        else:
            self.wait(Token(path, node.id, "waits", data, line), node)

    def wait(self, token: Token, node: Node) -> None:
        """A token stays; its clock and those of the timers at its border begin."""
        own = [node] if node.kind == "userTask" or node.event == "timer" else []
        if node.kind == "eventBasedGateway":
            own += [self.net.nodes[flow.target] for flow in self.net.out[node.id]]
        self._arm([*own, *(b for b in self.net.borders[node.id] if b.event == "timer")])
        missing = sorted(
            process for process in self.net.answering(node) if STARTED + process not in self.clocks
        )
        self.troubles += [Trouble("unanswered", node.id, (process,)) for process in missing[:1]]
        self.put(token)

    def open(self, path: Path, node: Node, data: Data, line: str, *, count: int) -> None:
        """An activity opens with so many instances, together or one after another."""
        used = {t.opening for t in self.tokens if t.path == path and t.place == node.id}
        opening = next(number for number in range(1, len(used) + 2) if number not in used)
        now = 1 if node.several == "sequential" else count
        self._arm([b for b in self.net.borders[node.id] if b.event == "timer"])
        kept = only(data, self.liveness.at[node.id])
        self.put(Token(path, node.id, "open", kept, line, (), opening, count - now))
        for number in range(1, now + 1):
            self.begin((*path, (node.id, opening, number)), node, data)

    def begin(self, path: Path, node: Node, data: Data) -> None:
        """An instance of an activity begins."""
        inner = self.net.inner(node)
        if inner:
            start = self.net.nodes[self.net.starts[inner]]
            known = self.with_declared(inner, data)
            self.enter(path, start, only(known, self.liveness.at[start.id]))
        elif self.net.waits(node):
            self.wait(Token(path, node.id, "waits", data), node)
        else:
            self.put(Token(path, node.id, "moves", data))

    def with_declared(self, process: str, data: Data) -> Data:
        """The data with None for each variable that the process declares and nobody gave."""
        known = {name for name, _, _ in data}
        return tuple(
            sorted((*data, *(item for item in self.declared.get(process, ()) if item[0] not in known)))
        )

    def end(self, path: Path, data: Data) -> None:
        """A token has come to an end; ended tokens of a scope are one. Of the whole run nothing is kept."""
        if not path:
            return
        earlier = [t for t in self.tokens if t.path == path and t.mode == "ended"]
        for token in earlier:
            self.tokens.remove(token)
        ended = Token(path, "", "ended", data)
        self.tokens.append(ended._replace(data=merged([*earlier, ended])))

    def clear(self, path: Path) -> None:
        """Take away every token inside a scope."""
        self.tokens = [t for t in self.tokens if t.path[: len(path)] != path]

    def close(self, holder: Token) -> None:
        """Take away an activity with everything inside it."""
        self.tokens.remove(holder)
        depth = len(holder.path)
        inside = (holder.place, holder.opening)
        self.tokens = [
            t for t in self.tokens
            if not (len(t.path) > depth and t.path[:depth] == holder.path and t.path[depth][:2] == inside)
        ]  # fmt: skip

    def put(self, token: Token) -> None:
        """Put a token down; a second one where one is open is trouble, unless both are of one side line."""
        same = [
            t for t in self.tokens if (t.path, t.place) == (token.path, token.place) and t.mode != "ended"
        ]
        together = token.mode == "moves" or (token.line and all(t.line == token.line for t in same))
        if same and (not together or len(same) >= MOST_TOKENS):
            self.troubles.append(Trouble("unsafe", token.place))
            self.crowded = True
        self.tokens.append(token)

    def _arm(self, nodes: list[Node]) -> None:
        self.clocks.update(clock for node in nodes for clock in node.words("clock"))

    def _tick(self, node: Node) -> None:
        self.stopped += [(node.id, clock) for clock in node.words("stopsClock") if clock in self.clocks]
        self.clocks.difference_update(node.words("stopsClock"))
        self.clocks.update(node.words("startsClock"))
        self.clocks.update(
            STARTED + process
            for process in (*node.words("starts"), *node.words("joins"))
            if process in self.net.awaited
        )


def is_instance(token: Token, node: Node) -> bool:
    """Whether a token is one instance of an activity with several."""
    return bool(token.path) and token.path[-1][0] == node.id
