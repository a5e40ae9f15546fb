"""The closed environment of conditions: expressions over the token's data, no scripts."""

from collections.abc import Mapping
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment

from .errors import ExpressionFailed, ExpressionRefused, StepFailed
from .expressions import compile_expression


class ClosedEnvironment(TaskDataEnvironment):
    """Knows the token's data and nothing else; refuses to execute."""

    def evaluate(
        self, expression: str, context: Mapping[str, Any], external_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Value of an expression of the closed language."""
        data = {**context, **external_context} if external_context else context
        return compile_expression(expression)(data)

    def execute(self, *_: object, **__: object) -> NoReturn:
        """Models hold no scripts. Raises: ExpressionRefused."""
        raise ExpressionRefused("models hold no scripts")

    def call_service(self, *_: object, **__: object) -> NoReturn:
        """Operations are called by the run, never by a script. Raises: ExpressionRefused."""
        raise ExpressionRefused("operations are not called from scripts")


class ClosedEngine(PythonScriptEngine):
    """The only script engine of the product."""

    def __init__(self) -> None:
        super().__init__(ClosedEnvironment())

    def validate(self, expression: str) -> None:
        """Raises: ExpressionRefused, from the cache of expressions read before."""
        compile_expression(expression)

    def evaluate(self, task: Any, expression: str, external_context: Mapping[str, Any] | None = None) -> Any:
        """Value of an expression over the data of a task. Raises: StepFailed naming the element."""
        try:
            return self.environment.evaluate(expression, task.data, external_context)
        except (ExpressionFailed, ExpressionRefused) as error:
            raise StepFailed(task.task_spec.name, f"in “{expression}”: {error}") from error

    def execute(self, task: Any, script: str, external_context: Mapping[str, Any] | None = None) -> NoReturn:
        """Models hold no scripts. Raises: StepFailed."""
        raise StepFailed(task.task_spec.name, "models hold no scripts")


ENGINE = ClosedEngine()
