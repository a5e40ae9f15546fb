"""Telling "the database is away" from an error of the program: the first is nobody's fault and over soon."""

from collections.abc import Iterator

import psycopg
from django.db import Error

# A server that stops, that was stopped, that is still recovering; and class 08, connection exceptions.
STOPPED = {"57P01", "57P02", "57P03"}
CONNECTION = "08"


def is_outage(error: BaseException) -> bool:
    """Whether the error came of a connection to the database that broke or could not be had.

    Errors that followed from it count too: a transaction that lost its connection refuses every further statement.
    """
    return any(_is_lost_connection(one) for one in _chain(error))


def _is_lost_connection(error: BaseException) -> bool:
    if not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    # The driver's own: no server was left to name a state.
    return error.sqlstate is None or error.sqlstate in STOPPED or error.sqlstate.startswith(CONNECTION)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, as long as the database is spoken of."""
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        yield following
        seen.add(id(following))
        following = following.__cause__ or (following.__context__ if _is_of_the_database(following) else None)


def _is_of_the_database(error: BaseException) -> bool:
    return isinstance(error, Error | psycopg.Error)
