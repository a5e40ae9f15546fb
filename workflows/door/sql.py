"""Sending the door's own statements: prepared once per connection, with values bound by the server.

The texts are few and long. PostgreSQL plans them once instead of at every step, and the ORM's layers for queries of
any kind are left out. Everything else goes through the ORM.
"""

from collections.abc import Sequence
from functools import cache
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
        cursor.execute(_numbered(sql), parameters, prepare=True)
        return cursor.fetchall() if cursor.pgresult is not None and cursor.pgresult.nfields else []


def _watched(sql: str, parameters: Sequence[Any]) -> Rows:
    """The same through Django's cursor, which counts and logs."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


@cache
def _numbered(sql: str) -> bytes:
    """The statement as the server reads it: `$1`, `$2` and so on."""
    first, *rest = sql.split("%s")
    marked = first + "".join(f"${number}{part}" for number, part in enumerate(rest, 1))
    return marked.replace("%%", "%").encode()
