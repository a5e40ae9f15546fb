"""Why a step failed, told without contents: the kind of error and its place in the code, never its words.

Words of an error may hold what a tipster wrote ("invalid literal: …"); operators may not read that.
"""

import hashlib
import traceback
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, OperationalError

from workflows.engine import EngineError, LimitReached, WaitGone
from workflows.errors import Refusal, TryLater

HOME = Path(__file__).resolve().parents[2]
OURS = ("workflows", "casework", "enforcement", "tips", "config")
FRAMES = 12
LOCKED = {"55P03", "40P01", "40001"}  # lock timeout, deadlock, serialization failure


@dataclass(frozen=True)
class Cause:
    """What is kept of an error. `remedy` is a code of `workflows.incidents.remedies`."""

    error: str
    place: str
    trace: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.error}: {self.place}" if self.place else self.error

    def fingerprint(self, *where: str) -> str:
        """The same for every failure of one cause at one step, whatever the case, person or number."""
        return hashlib.sha256("|".join((*where, self.error, self.place)).encode()).hexdigest()


STALLED = Cause("WaitsForNothing", "", "", "stalled")


def cause_of(error: BaseException) -> Cause:
    """The cause behind an error; of "try later" the reason why, where it is known."""
    root = error.__cause__ if isinstance(error, TryLater) and error.__cause__ else error
    frames = _our_frames(root) or _our_frames(error)
    place = ":".join(frames[-1].split(":")[:2]) if frames else ""
    return Cause(_name(root)[:120], place[:200], "\n".join(frames[-FRAMES:]), _remedy(root, error, place))


def _name(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    # Codes and not words: which rule refused, which element of the model failed, which state the database named.
    detail = getattr(error, "code", "") if isinstance(error, Refusal) else getattr(error, "element", "")
    detail = (
        detail or getattr(error.__cause__, "sqlstate", "") if isinstance(error, DatabaseError) else detail
    )
    return f"{name} ({detail})" if isinstance(detail, str) and detail else name


def _our_frames(error: BaseException) -> list[str]:
    """`module:function:line` of the product's own functions, the innermost last."""
    frames = []
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(HOME) and path.relative_to(HOME).parts[0] in OURS:
            module = ".".join(path.relative_to(HOME).with_suffix("").parts)
            frames.append(f"{module}:{frame.name}:{frame.lineno}")
    return frames


def _remedy(root: BaseException, error: BaseException, place: str) -> str:
    match root:
        case WaitGone():
            return "lost_wait"
        case LimitReached():
            return "limit"
        case EngineError():
            return "model"
        case OperationalError() if getattr(root.__cause__, "sqlstate", "") in LOCKED:
            return "busy"
        case DatabaseError():
            return "database"
        case LookupError() if place.startswith("workflows.registry:"):
            return "missing_operation"
        case Refusal() if not isinstance(error, TryLater):
            return "rule"
        case OSError():
            return "service"
    return "service" if isinstance(error, TryLater) else "program"
