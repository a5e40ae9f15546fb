"""Errors without their words: kinds, codes and places in the code.

The words of an error may hold what somebody wrote ("invalid literal: …", "Key (name)=(…) already exists"), and so may
notes and the errors behind it. Whoever reads a log or a mailed report needs where and what kind, never whose words.
"""

import errno
import traceback
from collections.abc import Iterator
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
CAUSED, MEANWHILE = (
    "The above exception was the direct cause of the following exception:",
    "During handling of the above exception, another exception occurred:",
)


def name_of(error: BaseException) -> str:
    """The kind of an error, with the code that the database or the system gave it."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    code = getattr(error, "sqlstate", None)
    if isinstance(error, OSError):
        code = errno.errorcode.get(error.errno or 0)
    return f"{name} ({code})" if isinstance(code, str) and code else name


def behind(error: BaseException) -> BaseException | None:
    """The error that this one came of, as Python tells it."""
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def bare_traceback(exc_info: ExcInfo) -> str:
    """What Python would print of an error and of those behind it, without their words."""
    return "\n".join(_lines(exc_info[1], set()))


def _lines(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = behind(error)
    if before is not None and id(before) not in seen:
        yield from _lines(before, seen)
        yield f"\n{CAUSED if error.__cause__ else MEANWHILE}\n"
    if error.__traceback__ is not None:
        yield "Traceback (most recent call last):"
        yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    yield name_of(error)
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            if id(part) not in seen:
                yield from (f"  | {line}" for lines in _lines(part, seen) for line in lines.split("\n"))
