"""What can happen next in a state: every move of the token game over the models, with their values."""

from collections.abc import Iterator

from workflows.engine import EngineError, StepFailed
from workflows.engine.decisions import decide
from workflows.proofs.drawing import Flow, Node

from .carried import Carried
from .liveness import Liveness
from .net import CHOOSING, Net
from .state import Data, Path, State, Token, merged, written
from .step import Move, Step, Trouble, is_instance

# An activity with several instances is tried with none, one and two.
INSTANCES = (0, 1, 2)


class Game:
    """A net to be played."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.liveness = Liveness(net)
        self.values = Carried(net, self.liveness)

    def begin(self) -> Iterator[Move]:
        """Every way in which a run may start: one for each combination of the values it is given."""
        start = self.net.nodes[self.net.starts[self.net.root.id]]
        for values in self.values.given():
            step = self._without(State(()))
            step.enter((), start, step.with_declared(self.net.root.id, written((), values, State(()))))
            yield step.move("", self.values.shown(values))

    def moves(self, state: State) -> list[Move]:
        """The moves out of a state. What needs nobody goes first, one element at a time."""
        for token in state.tokens:
            if token.mode == "moves":
                return list(self._pass(state, token))
        for ready in (self._parallel_joins, self._full_scopes, self._inclusive_joins):
            found = list(ready(state))
            if found:
                return found
        return [move for token in dict.fromkeys(state.tokens) for move in self._happenings(state, token)]

    # What a token does by itself.

    def _pass(self, state: State, token: Token) -> Iterator[Move]:
        node = self.net.nodes[token.place]
        if node.several and not is_instance(token, node):
            yield from self._open_several(state, token, node)
        elif node.kind in CHOOSING:
            yield self._choose(state, token, node)
        elif node.kind == "endEvent":
            yield self._end(state, token, node)
        elif node.kind == "businessRuleTask":
            yield self._decide(state, token, node)
        else:
            yield from self._complete(state, token, node)

    def _complete(self, state: State, token: Token, node: Node) -> Iterator[Move]:
        for values in self.values.chosen(node):
            step = self._without(state, token)
            step.complete(node, token, written(token.data, values, state))
            yield step.move(node.id, self.values.shown(values))

    def _choose(self, state: State, token: Token, node: Node) -> Move:
        """The first flow whose condition holds; an inclusive gateway takes all of them."""
        flows = self.net.out[node.id]
        asked = [flow for flow in flows if flow.id != node.default and (flow.condition or len(flows) == 1)]
        try:
            fitting = [flow for flow in asked if not flow.condition or self.values.holds(flow, token.data)]
        except EngineError as error:
            return _failed(node, "condition_fails", str(error))
        return self._leave(state, token, node, fitting[:1] if node.kind == "exclusiveGateway" else fitting)

    def _leave(self, state: State, token: Token, node: Node, fitting: list[Flow]) -> Move:
        chosen = fitting or [flow for flow in self.net.out[node.id] if flow.id == node.default]
        if not chosen:
            return _failed(node, "no_way_out", self.values.sentence(token.data, self.net.reads(node)))
        step = self._without(state, token)
        step.pass_choice(node, token, chosen)
        return step.move(node.id)

    def _decide(self, state: State, token: Token, node: Node) -> Move:
        try:
            answer = decide(self.net.tables[node.says["decision"]], node.id, self.values.plain(token.data))
        except StepFailed as error:
            return _failed(
                node, "table_fails", error.reason, self.values.sentence(token.data, self.net.reads(node))
            )
        step = self._without(state, token)
        step.complete(node, token, written(token.data, self.values.answered(node, answer), state))
        return step.move(node.id, tuple(sorted(answer.items())))

    def _end(self, state: State, token: Token, node: Node) -> Move:
        step = self._without(state, token)
        if node.event == "terminate":
            step.clear(token.path)
        elif not token.line:
            others = [
                t.place for t in step.tokens if t.path == token.path and t.mode != "ended" and not t.line
            ]
            step.troubles += [Trouble("double_end", node.id, (self._node_of(others[0]),))] if others else []
        step.complete(node, token, token.data)
        if node.event == "terminate" or token.path:
            step.end(token.path, tuple(i for i in token.data if i[0] in self.liveness.after(node)))
        return step.move(node.id)

    def _open_several(self, state: State, token: Token, node: Node) -> Iterator[Move]:
        fixed = [min(int(node.several_count), INSTANCES[-1])] if node.several_count.isdigit() else INSTANCES
        for count in fixed:
            step = self._without(state, token)
            if count:
                step.open(token.path, node, token.data, token.line, count=count)
            else:
                step.complete(node, token, token.data)
            yield step.move(node.id, (("instances", count),))

    # What happens when nothing moves by itself.

    def _parallel_joins(self, state: State) -> Iterator[Move]:
        for _, join, waiting in self._waiting_at_joins(state):
            awaited = {f.id for f in self.net.into[join]} - self.net.behind[join]
            if self.net.nodes[join].kind == "parallelGateway" and awaited <= waiting.keys():
                yield self._join(state, join, list(waiting.values()))
                return

    def _inclusive_joins(self, state: State) -> Iterator[Move]:
        for path, join, waiting in self._waiting_at_joins(state):
            if self.net.nodes[join].kind != "inclusiveGateway":
                continue
            # BPMN 2.0, 13.4.3: one that can reach a flow without a token, and none that has one, is waited for.
            around = {self._node_of(t.place) for t in state.tokens if t.path == path and t.mode != "ended"}
            ahead = [
                {f.id for f in self.net.into[join] if n in self.net.upstream[f.id]} for n in around - {join}
            ]
            if all(flows & waiting.keys() or not flows for flows in ahead):
                yield self._join(state, join, list(waiting.values()))
                return

    def _waiting_at_joins(self, state: State) -> Iterator[tuple[Path, str, dict[str, Token]]]:
        """Scope, join and the first token on each of its flows."""
        found: dict[tuple[Path, str], dict[str, Token]] = {}
        for token in state.tokens:
            if token.mode == "joins":
                join = self.net.flows[token.place].target
                found.setdefault((token.path, join), {}).setdefault(token.place, token)
        for (path, join), waiting in found.items():
            yield path, join, waiting

    def _join(self, state: State, join: str, tokens: list[Token]) -> Move:
        step = self._without(state, *tokens)
        lines = sorted(token.line for token in tokens)
        step.put(Token(tokens[0].path, join, "moves", merged(tokens), lines[0]))
        return step.move("")

    def _full_scopes(self, state: State) -> Iterator[Move]:
        """The innermost activity instance in which every token has ended."""
        for ended in sorted((t for t in state.tokens if t.mode == "ended"), key=lambda t: -len(t.path)):
            depth = len(ended.path)
            if sum(t.path[:depth] == ended.path for t in state.tokens) == 1:
                yield from self._close_instance(state, ended)
                return

    def _close_instance(self, state: State, ended: Token) -> Iterator[Move]:
        name, opening, number = ended.path[-1]
        node = self.net.nodes[name]
        holder = next(
            t for t in state.tokens
            if (t.path, t.place, t.opening, t.mode) == (ended.path[:-1], name, opening, "open")
        )  # fmt: skip
        data = self._left_behind(node, holder, ended)
        depth = len(holder.path)
        beside = {
            t.path[depth] for t in state.tokens if t.path[:depth] == holder.path and len(t.path) > depth
        }
        others = any(one[:2] == (name, opening) and one != ended.path[-1] for one in beside)
        if not (others or holder.left) or node.several_may_stop:
            step = self._without(state)
            step.close(holder)
            step.complete(node, holder, data)
            yield step.move(name)
        if others or holder.left:
            step = self._without(state, ended, holder)
            step.tokens.append(holder._replace(data=data, left=max(holder.left - 1, 0)))
            if holder.left:
                step.begin((*holder.path, (name, opening, number + 1)), node, data)
            yield step.move("")

    @staticmethod
    def _left_behind(node: Node, holder: Token, ended: Token) -> Data:
        """The data with which an activity goes on; a run of its own gives nothing back but its result."""
        if not node.several:
            return ended.data
        return holder.data if node.kind == "callActivity" else merged([holder, ended])

    # What somebody does, or what comes from outside.

    def _happenings(self, state: State, token: Token) -> Iterator[Move]:
        if token.mode not in ("waits", "open"):
            return
        node = self.net.nodes[token.place]
        if node.kind == "eventBasedGateway":
            for flow in self.net.out[node.id]:
                for move in self._complete(state, token, self.net.nodes[flow.target]):
                    yield move._replace(flows=(flow.id, *move.flows))
        elif token.mode == "waits":
            yield from self._complete(state, token, node)
        borders = [] if is_instance(token, node) else self.net.borders[node.id]
        for border in borders:
            if self._may_fire(state, token, border):
                yield from self._fire(state, token, border)

    def _may_fire(self, state: State, token: Token, border: Node) -> bool:
        if border.interrupting:
            return True
        lines = sum(t.line == border.id and t.path == token.path for t in state.tokens)
        return border.id not in token.fired and lines < len(INSTANCES) - 1

    def _fire(self, state: State, token: Token, border: Node) -> Iterator[Move]:
        line = token.line if border.interrupting else border.id
        for values in self.values.chosen(border):
            step = self._without(state)
            if border.interrupting:
                step.close(token)
            elif border.event == "timer":
                step.tokens.remove(token)
                step.tokens.append(token._replace(fired=tuple(sorted((*token.fired, border.id)))))
            at_border = Token(token.path, border.id, "moves", line=line)
            step.complete(border, at_border, written(token.data, values, state))
            yield step.move(border.id, self.values.shown(values))

    # What all share.

    def _node_of(self, place: str) -> str:
        return self.net.flows[place].target if place in self.net.flows else place

    def _without(self, state: State, *tokens: Token) -> Step:
        step = Step(self.net, self.liveness, self.values.declared, state)
        for token in tokens:
            step.tokens.remove(token)
        return step


def _failed(node: Node, kind: str, *words: str) -> Move:
    """A move that the engine would refuse."""
    return Move(node.id, (), (), None, (Trouble(kind, node.id, words),))
