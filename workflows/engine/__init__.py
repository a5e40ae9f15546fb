"""The process engine: compiles BPMN models and moves runs. No Django; the only importer of SpiffWorkflow."""

from .calls import has_enough, results_of
from .codec import as_json_values, from_json_values
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
from .model import Branch, Children, Compiled, Element, Host, Passed, Step, Variable, Wait
from .moving import PLACES, move
from .parser import compile_model
from .runner import cancel, resume, start, waits

__all__ = [
    "PLACES",
    "Branch",
    "Children",
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
    "as_json_values",
    "cancel",
    "compile_model",
    "from_json_values",
    "has_enough",
    "is_alone",
    "load",
    "marking",
    "migrate",
    "move",
    "new_name",
    "results_of",
    "resume",
    "start",
    "tables",
    "waits",
]
