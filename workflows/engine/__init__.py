"""The process engine: compiles BPMN models and moves runs. No Django; the only importer of SpiffWorkflow."""

from .definition import Definition, load
from .errors import (
    DataRefused,
    EngineError,
    ExpressionFailed,
    ExpressionRefused,
    LimitReached,
    MigrationRefused,
    ModelRefused,
    MoveRefused,
    StateRefused,
    StepFailed,
    WaitGone,
)
from .marking import Place, is_alone, marking, tables
from .migrating import migrate, new_name
from .model import Branch, Compiled, Element, Host, Passed, Step, Variable, Wait
from .moving import move
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
    "MigrationRefused",
    "ModelRefused",
    "MoveRefused",
    "Passed",
    "Place",
    "StateRefused",
    "Step",
    "StepFailed",
    "Variable",
    "Wait",
    "WaitGone",
    "cancel",
    "compile_model",
    "is_alone",
    "load",
    "marking",
    "migrate",
    "move",
    "new_name",
    "resume",
    "start",
    "tables",
    "waits",
]
