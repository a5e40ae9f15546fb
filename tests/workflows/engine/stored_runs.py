"""Runs as an engine of the past stored them: the gate that a new engine must pass before it is released.

`python -m tests.workflows.engine.stored_runs NAME` keeps what the present engine stores under that name. Files of
the past are never written again: as long as runs of that time may be open, their engine's successors must go on
with them exactly as it did.
"""

import base64
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import zstandard

from tests.bpmn.real_models import FOLDER as MODELS
from tests.bpmn.walk import Walk, recorded
from workflows import engine

FOLDER = Path(__file__).parent / "stored"
NOW = datetime(2025, 3, 12, 2, 0, tzinfo=UTC)


class Recorder(Walk):
    """A walk that notes each step: from which state, with which answer, to which waits."""

    def __init__(self, *arguments: Any) -> None:
        self.steps: list[dict[str, Any]] = []
        self.computed: dict[str, list[Any]] = defaultdict(list)
        super().__init__(*arguments)

    def compute(self, operation: str, element_id: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer and note it."""
        answer = super().compute(operation, element_id, data)
        self.computed[element_id].append(answer)
        return answer

    def resume(self, task_id: str, answer: Mapping[str, Any]) -> engine.Step:
        """Take a step and note it."""
        before = self.step.state
        self.computed.clear()
        step = super().resume(task_id, answer)
        self.steps.append(
            {
                "state": base64.b64encode(before).decode(),
                "task": task_id,
                "answer": dict(answer),
                "computed": dict(self.computed),
                **seen(step),
            }
        )
        return step


class Replayer:
    """The host of a replayed step: operations answer as they did."""

    def __init__(self, computed: Mapping[str, list[Any]]) -> None:
        self._answers = {element: iter(answers) for element, answers in computed.items()}

    def compute(self, operation: str, element_id: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The next answer of that element."""
        answer: Mapping[str, Any] = next(self._answers[element_id])
        return answer

    def due(self, clock: str, element_id: str, data: Mapping[str, Any]) -> datetime:
        """Every period ends tomorrow."""
        return NOW + timedelta(days=1)


def seen(step: engine.Step) -> dict[str, Any]:
    """What anybody sees of a step."""
    return {
        "passed": [passed.element_id for passed in step.passed],
        "waits": sorted(f"{wait.kind} {wait.element_id} {wait.task_id}" for wait in step.waits),
        "data": dict(step.data),
        "ended": step.ended,
    }


def stored() -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and steps of each run that was kept, with the payload of its definition."""
    for file in sorted(FOLDER.glob("*.json.zst")):
        for run in orjson.loads(zstandard.decompress(file.read_bytes())):
            yield f"{file.stem}: {run['process']}, {run['path']}", run


def keep(name: str) -> None:
    """Store every recorded path of every model as the present engine does."""
    runs = []
    for process in sorted(path.stem for path in MODELS.glob("processes/*.bpmn")):
        record = recorded(process)
        for path in record["paths"]:
            data, outcomes = record["data"] | path.get("data", {}), record["outcomes"] | path.get("with", {})
            walk = Recorder(process, data, outcomes)
            payload = base64.b64encode(walk.payload).decode()
            runs.append(
                {
                    "process": process,
                    "path": path["name"],
                    "digest": walk.definition.digest,
                    "payload": payload,
                    "steps": walk.steps,
                }
            )
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f"{name}.json.zst").open("xb") as file:
        file.write(zstandard.compress(orjson.dumps(runs, option=orjson.OPT_SORT_KEYS), 19))


if __name__ == "__main__":
    keep(sys.argv[1])
