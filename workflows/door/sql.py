"""Sending the door's own statements, with values bound by the server.

The texts are few and long. A connection that sends one often prepares it (the driver counts), so that PostgreSQL plans
it once instead of at every step; one that lives for a single request prepares nothing. Everything else goes through
the ORM.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from psycopg.raw_cursor import RawCursor

Rows = list[tuple[Any, ...]]


def fetch(sql: str, parameters: Sequence[Any]) -> Rows:
    """Every row that a statement answers with. Marks of the statement are `%s`."""
    if connection.queries_logged or connection.execute_wrappers:
        return _watched(sql, parameters)
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        cursor = RawCursor(connection.connection)
        cursor.execute(_numbered(sql), parameters)
        return cursor.fetchall() if cursor.pgresult is not None and cursor.pgresult.nfields else []


def _watched(sql: str, parameters: Sequence[Any]) -> Rows:
    """The same through Django's cursor, which counts and logs."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


@lru_cache(maxsize=512)
def _numbered(sql: str) -> bytes:
    """The statement as the server reads it: `$1`, `$2` and so on."""
    first, *rest = sql.split("%s")
    marked = first + "".join(f"${number}{part}" for number, part in enumerate(rest, 1))
    return marked.replace("%%", "%").encode()
