"""Walks the real models through the engine, without Django: outcomes in, the path taken out."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.bpmn.real_models import operations, real_sources
from workflows import engine

NOW = datetime(2025, 3, 12, 2, 0, tzinfo=UTC)
FOLDER = Path(__file__).parent / "processes"


class Walk:
    """One run from start to end.

    `outcomes`: element → what its completion answers, or a list of answers for one visit after another (the last
    one stays). An answer that is a word names the message or timer that ends the wait instead.
    """

    def __init__(self, process_id: str, data: Mapping[str, Any], outcomes: Mapping[str, Any]) -> None:
        self.outcomes = outcomes
        self.visits: Counter[str] = Counter()
        self.passed: list[str] = []
        self.taken: set[str] = set()
        compiled = engine.compile_model(real_sources(), process_id, operations=operations())
        self.payload = compiled.payload
        self.definition = engine.load(compiled.digest, compiled.payload)
        self._note(engine.start(self.definition, data=data, now=NOW, host=self))
        while not self.step.ended:
            self._answer_first_wait()

    def compute(self, operation: str, element_id: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer an operation as the outcomes say."""
        return self._outcome(element_id)

    def due(self, clock: str, element_id: str, data: Mapping[str, Any]) -> datetime:
        """Every period ends tomorrow."""
        return NOW + timedelta(days=1)

    def path(self) -> list[str]:
        """The elements passed, in order, without the gateways."""
        elements = self.definition.elements
        return [name for name in self.passed if elements[name].kind not in ("exclusive", "parallel")]

    def _outcome(self, element_id: str) -> Any:
        given = self.outcomes.get(element_id) or {}
        if not isinstance(given, list):
            return given
        self.visits[element_id] += 1
        return given[min(self.visits[element_id], len(given)) - 1]

    def _answer_first_wait(self) -> None:
        """Complete the first wait that is no boundary event, or what its outcome names in its place."""
        elements = self.definition.elements
        wait = next(w for w in self.step.waits if elements[w.element_id].attached_to is None)
        answer = self._outcome(wait.element_id)
        if isinstance(answer, str):
            wait, answer = next(w for w in self.step.waits if w.element_id == answer), {}
        self._note(self.resume(wait.task_id, answer))

    def resume(self, task_id: str, answer: Mapping[str, Any]) -> engine.Step:
        """Take a step."""
        return engine.resume(self.definition, self.step.state, task_id, answer, now=NOW, host=self)

    def _note(self, step: engine.Step) -> None:
        self.step = step
        names = [p.element_id for p in step.passed]
        self.passed += names
        reached = names + [w.element_id for w in step.waits]
        for place, name in enumerate(names):
            element = self.definition.elements[name]
            targets = {self._first_of(branch.target): branch.flow_id for branch in element.branches}
            following = [targets[other] for other in reached[place + 1 :] if other in targets]
            self.taken.update(following[:1])
            if element.attached_to:
                self.taken.add(name)

    def _first_of(self, element_id: str) -> str:
        """What is passed first when a token comes to an element: a call begins with the start of what it calls."""
        called = self.definition.elements[element_id].called
        starts = (
            e for e in self.definition.elements.values() if e.kind == "start" and e.process_id == called
        )
        return next((start.element_id for start in starts), element_id)


def branches(process_id: str) -> set[str]:
    """Flows out of choices and the boundary events of a process: all that its paths must take once."""
    compiled = engine.compile_model(real_sources(), process_id, operations=operations())
    own = [e for e in compiled.elements.values() if e.process_id == process_id]
    flows = {branch.flow_id for e in own for branch in e.branches if len(e.branches) > 1}
    return flows | {e.element_id for e in own if e.attached_to}


def recorded(process_id: str) -> dict[str, Any]:
    """The file of a process: `data`, `outcomes` and `paths`."""
    return yaml.safe_load((FOLDER / f"{process_id}.yaml").read_text(encoding="utf-8"))


def walk(process_id: str, path: Mapping[str, Any]) -> Walk:
    """Walk one recorded path."""
    record = recorded(process_id)
    data = record["data"] | path.get("data", {})
    return Walk(process_id, data, record["outcomes"] | path.get("with", {}))
