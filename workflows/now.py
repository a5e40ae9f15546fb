"""The clock, read at the edges of the system and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_frozen: ContextVar[datetime | None] = ContextVar("frozen_now", default=None)


def now() -> datetime:
    """The present moment in UTC, or the moment that a scenario plays."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def playing(moment: datetime) -> Iterator[None]:
    """Let `now()` answer `moment`: for scenarios, demo data and tests."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
