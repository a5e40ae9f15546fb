"""What the tests lend to a run, and a player that saves and restores at every step."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from workflows import engine
from workflows.engine import Step, Wait
from workflows.engine.codec import restore, save

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DUE = datetime(2026, 4, 1, 16, 0, tzinfo=UTC)


class TestHost:
    """Computes by functions given by name; every clock is due at the same moment."""

    __test__ = False

    def __init__(self, **operations: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
        self.operations = operations
        self.calls: list[tuple[str, str]] = []

    def compute(self, operation: str, element_id: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        self.calls.append((operation, element_id))
        function = self.operations.get(operation)
        return function(data) if function else {}

    def due(self, clock: str, element_id: str, data: Mapping[str, Any]) -> datetime:
        self.calls.append((clock, element_id))
        return DUE


class Play:
    """A run that is only ever held as bytes."""

    def __init__(
        self,
        sources: Mapping[str, bytes] | bytes,
        process_id: str = "p",
        *,
        data: Mapping[str, Any] | None = None,
        host: TestHost | None = None,
        operations: Mapping[str, str] | None = None,
    ) -> None:
        files = sources if isinstance(sources, Mapping) else {"p.bpmn": sources}
        self.compiled = engine.compile_model(files, process_id, operations=operations)
        self.definition = engine.load(self.compiled.digest, self.compiled.payload)
        self.host = host or TestHost()
        self.seen: list[str] = []
        self.step = self._note(engine.start(self.definition, data=data or {}, now=NOW, host=self.host))

    def _note(self, step: Step) -> Step:
        assert save(restore(self.definition, step.state, self.host)) == step.state
        self.seen += [passed.element_id for passed in step.passed]
        return step

    @property
    def waiting(self) -> list[str]:
        """Ids of the elements where the run waits, sorted."""
        return sorted(wait.element_id for wait in self.step.waits)

    def wait(self, element: str) -> Wait:
        """The oldest wait at an element."""
        return next(wait for wait in self.step.waits if wait.element_id == element)

    def go(self, element: str, **data: Any) -> "Play":
        """End the oldest wait at an element."""
        task_id = self.wait(element).task_id
        self.step = self._note(
            engine.resume(self.definition, self.step.state, task_id, data, now=NOW, host=self.host)
        )
        return self
