"""Refusals of the engine. Each names the place in the model, so that its author can find it."""

from workflows.rules.texts import Text


class EngineError(Exception):
    """Base of everything the engine refuses or cannot carry out."""


class ModelRefused(EngineError):
    """A model holds something that the engine does not run."""

    def __init__(self, file: str, element: str, reason: str) -> None:
        self.file, self.element, self.reason = file, element, reason
        super().__init__(f"{file}: {element}: {reason}" if element else f"{file}: {reason}")


class StepFailed(EngineError):
    """A step could not be carried out; the stored state is untouched."""

    def __init__(self, element: str, reason: str) -> None:
        self.element, self.reason = element, reason
        super().__init__(f"{element}: {reason}")


class LimitReached(StepFailed):
    """A step would make the run larger than a run may be; the stored state is untouched."""


class WaitGone(EngineError):
    """The run no longer waits there: completed, interrupted, or never known."""

    def __init__(self, task_id: str) -> None:
        self.task_id = task_id
        super().__init__(f"The run does not wait at task {task_id}.")


class StateRefused(EngineError):
    """Stored bytes that are not a state of this definition or not of a known version."""


class DataRefused(EngineError):
    """A value that process data may not hold."""


class ExpressionRefused(EngineError):
    """An expression that is not in the closed language of the models."""


class ExpressionFailed(EngineError):
    """An expression that could not be worked out with the data at hand."""


class MoveRefused(EngineError):
    """A token that cannot be put where an operator wants it; `reason` in words for people."""

    def __init__(self, element: str, reason: Text) -> None:
        self.element, self.reason = element, reason
        super().__init__(f"{element}: {reason}")


class MigrationRefused(EngineError):
    """A run whose tokens have no place in the new version."""

    def __init__(self, element: str, reason: str) -> None:
        self.element, self.reason = element, reason
        super().__init__(f"{element}: {reason}")
