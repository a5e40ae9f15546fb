"""The values that a token carries: as the models read them, as they come to be set, as people read them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from workflows.engine.expressions import compile_expression
from workflows.proofs.drawing import Flow, Node

from .domains import Domains
from .liveness import Liveness
from .net import Net
from .state import Data

Outcome = tuple[tuple[str, Any], ...]


class Carried:
    """Reads and chooses values for a net."""

    def __init__(self, net: Net, liveness: Liveness) -> None:
        self.net, self.liveness = net, liveness
        self.domains = Domains(net)
        self.declared = {process: self._declared(process) for process in net.processes}
        self._answers: dict[tuple[str, Data], bool] = {}

    def given(self) -> Iterator[dict[str, int]]:
        """Every choice of what a run is given: what it declares, and what the models read but nothing sets."""
        root = self.net.root
        needed = self.liveness.at[self.net.starts[root.id]]
        words = dict(_name_and_words(token) for token in root.data_in)
        set_by = {name for node in self.net.nodes.values() for name in self.net.writes(node)}
        unknown = needed - set_by - set(root.variables)
        names = sorted(name for name in needed if name in words or name in unknown)
        yield from _combinations({name: self.domains.choices(name, words.get(name, [])) for name in names})

    def chosen(self, node: Node) -> Iterator[dict[str, int]]:
        """Every choice of what passing a node sets, as far as anybody reads it afterwards."""
        needed = self.liveness.after(node)
        writes = {name: words for name, words in self.net.writes(node).items() if name in needed}
        yield from _combinations({name: self.domains.choices(name, words) for name, words in writes.items()})

    def answered(self, node: Node, answer: Mapping[str, str]) -> dict[str, int]:
        """The answer of a table, as far as anybody reads it afterwards."""
        needed = self.liveness.after(node)
        return {name: self.domains.place(name, word) for name, word in answer.items() if name in needed}

    def holds(self, flow: Flow, data: Data) -> bool:
        """Whether the condition of a flow holds. Raises: EngineError."""
        key = (flow.id, tuple((name, value, 0) for name, value, _ in data))
        if key not in self._answers:
            self._answers[key] = bool(compile_expression(flow.condition or "")(self.plain(data)))
        return self._answers[key]

    def plain(self, data: Data) -> dict[str, Any]:
        """The data as the engine's expressions want it."""
        return {name: self.domains.values[name][value] for name, value, _ in data}

    def shown(self, values: Mapping[str, int]) -> Outcome:
        """Chosen values for the evidence."""
        return tuple((name, self.domains.values[name][value]) for name, value in sorted(values.items()))

    def sentence(self, data: Data, names: Iterable[str]) -> str:
        """The values of some variables for a sentence."""
        plain = self.plain(data)
        return ", ".join(f"{name}={plain.get(name)}" for name in sorted(names))

    def _declared(self, process: str) -> Data:
        """None for each variable that a process declares and that decides anything."""
        names = sorted(set(self.net.processes[process].variables) & self.net.read_anywhere)
        return tuple((name, self.domains.place(name, None), 0) for name in names)


def _name_and_words(token: str) -> tuple[str, list[str]]:
    name, _, words = token.partition("=")
    return name, words.split("|") if words else []


def _combinations(choices: Mapping[str, list[int]]) -> Iterator[dict[str, int]]:
    for values in product(*choices.values()):
        yield dict(zip(choices, values, strict=True))
