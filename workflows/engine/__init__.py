"""The process engine: compiles BPMN models and moves runs. No Django; the only importer of SpiffWorkflow."""

from .definition import Definition, load
from .errors import (
    DataRefused,
    EngineError,
    ExpressionFailed,
    ExpressionRefused,
    LimitReached,
    ModelRefused,
    StateRefused,
    StepFailed,
    WaitGone,
)
from .model import Branch, Compiled, Element, Host, Passed, Step, Variable, Wait
from .parser import compile_model
from .runner import cancel, resume, start, waits

__all__ = [
    "Branch",
    "Compiled",
    "DataRefused",
    "Definition",
    "Element",
    "EngineError",
    "ExpressionFailed",
    "ExpressionRefused",
    "Host",
    "LimitReached",
    "ModelRefused",
    "Passed",
    "StateRefused",
    "Step",
    "StepFailed",
    "Variable",
    "Wait",
    "WaitGone",
    "cancel",
    "compile_model",
    "load",
    "resume",
    "start",
    "waits",
]
