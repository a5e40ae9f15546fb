"""Plays a model in the engine and in the token game at once, and says where they part.

The run is saved and restored at every step. Some steps crash: their result is thrown away, or a compute operation
raises in the middle; then they are done again from the stored state.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.workflows.engine.hosts import DUE, NOW
from tests.workflows.engine.oracle import TokenGame
from tests.workflows.engine.random_models import RandomModel
from workflows import engine
from workflows.engine import Definition, Step
from workflows.engine.codec import restore, save

OPERATIONS = {"test.effect": "effect", "test.compute": "compute"}
STEPS = 40
CRASHES = 0.2
STUCK = "the token here waits for another that can no longer come"


class Crash(Exception):
    """A compute operation of a test that dies."""


@dataclass
class Difference(Exception):
    """Where the engine and the token game part."""

    step: int
    command: str
    what: str
    expected: object
    found: object

    def __str__(self) -> str:
        return (
            f"step {self.step} ({self.command}): {self.what}\n"
            f"  token game: {self.expected}\n  engine:     {self.found}"
        )


@dataclass
class Played:
    """What one path through a model was like."""

    steps: int = 0
    crashes: int = 0
    ended: bool = False
    stuck: bool = False
    passed: list[str] = field(default_factory=list)


@dataclass
class CrashingHost:
    """Answers each compute operation with one value; raises at the call that is named."""

    dies_at: int = 0
    calls: int = 0

    def compute(self, operation: str, element_id: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        self.calls += 1
        if self.calls == self.dies_at:
            raise Crash(element_id)
        return {f"k_{element_id}": 1}

    def due(self, clock: str, element_id: str, data: Mapping[str, Any]) -> Any:
        return DUE


def load(model: RandomModel) -> Definition:
    """The definition of a random model."""
    compiled = engine.compile_model(model.files, "p", operations=OPERATIONS)
    return engine.load(compiled.digest, compiled.payload)


class Pair:
    """The engine and the token game with the same model."""

    def __init__(self, model: RandomModel, definition: Definition, random: Random) -> None:
        self.model, self.definition, self.random = model, definition, random
        self.played = Played()
        self.command = "start"
        self.game = TokenGame(model.scopes, "p")
        self.state = b""
        self._do(None, {})

    def play(self) -> Played:
        """Move along one random path. Raises: Difference."""
        while self.played.steps < STEPS and not self.played.ended and not self.played.stuck:
            waiting = self.game.waiting()
            number, element, _ = self.random.choice(waiting)
            same = [other for other, name, _ in waiting if name == element]
            outcome = {**self.model.outcome(element, self.random), f"v_{element}": self.played.steps}
            place = same.index(number)
            self.played.steps += 1
            self.command = f"{element}[{place}] {outcome}"
            task_id = [wait.task_id for wait in self.step.waits if wait.element_id == element][place]
            self.game.go(element, outcome, place)
            self._do(task_id, outcome)
        return self.played

    def _do(self, task_id: str | None, outcome: dict[str, Any]) -> None:
        if not self.game.ended and not self.game.waiting():
            self._must_be_stuck(task_id, outcome)
            return
        lost = self._crashed(task_id, outcome) if self.random.random() < CRASHES else None
        try:
            self.step = self._engine(task_id, outcome, CrashingHost())
        except engine.EngineError as error:
            raise self._differs("the step failed", "no error", repr(error)) from error
        if lost is not None and lost != self.step:
            raise self._differs("the step done again differs", lost, self.step)
        self.state = self.step.state
        self._compare()

    def _engine(self, task_id: str | None, outcome: dict[str, Any], host: CrashingHost) -> Step:
        if task_id is None:
            return engine.start(self.definition, data={}, now=NOW, host=host)
        return engine.resume(self.definition, self.state, task_id, outcome, now=NOW, host=host)

    def _crashed(self, task_id: str | None, outcome: dict[str, Any]) -> Step | None:
        """A step that is lost: before its result is stored, or in the middle of it."""
        self.played.crashes += 1
        try:
            return self._engine(task_id, outcome, CrashingHost(dies_at=self.random.randint(0, 2)))
        except Crash:
            return None

    def _must_be_stuck(self, task_id: str | None, outcome: dict[str, Any]) -> None:
        try:
            step = self._engine(task_id, outcome, CrashingHost())
        except engine.StepFailed as error:
            if error.reason != STUCK:
                raise self._differs("the step failed", STUCK, repr(error)) from error
            self.played.stuck = True
            return
        raise self._differs("nothing can move", STUCK, [wait.element_id for wait in step.waits])

    def _compare(self) -> None:
        again = save(restore(self.definition, self.state, CrashingHost()))
        if again != self.state:
            raise self._differs("the state changes when it is restored and saved", self.state, again)
        self.played.passed += self.game.passed
        self.played.ended = self.game.ended
        self._same("ended", self.game.ended, self.step.ended)
        self._same(
            "passed", sorted(self.game.passed), sorted(passed.element_id for passed in self.step.passed)
        )
        if self.game.ended:
            self._same("data", self.game.data(), self.step.data)
        self._same(
            "waits",
            sorted(((name, data) for _, name, data in self.game.waiting()), key=_name),
            sorted(((wait.element_id, wait.data) for wait in self.step.waits), key=_name),
        )

    def _same(self, what: str, expected: object, found: object) -> None:
        if expected != found:
            raise self._differs(what, expected, found)

    def _differs(self, what: str, expected: object, found: object) -> Difference:
        return Difference(self.played.steps, self.command, what, expected, found)


def _name(wait: tuple[str, Any]) -> str:
    return wait[0]
