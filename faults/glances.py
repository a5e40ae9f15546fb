"""What PostgreSQL tells about the processes at a moment: who writes, what is open, which effects are on their way."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg

SETTLING_SECONDS = 0.3
WRITING = """
    SELECT DISTINCT application_name FROM pg_stat_activity
     WHERE application_name = ANY(%s) AND backend_xid IS NOT NULL
"""
# After the call to the outside comes the note of its answer, then the commit.
NOTING = f"{WRITING} AND query ~ '^(UPDATE|INSERT|RELEASE|COMMIT)'"
OPEN_STEPS = """
    SELECT count(*) FILTER (WHERE state = 'active' AND wait_event_type IS DISTINCT FROM 'Lock'),
           count(*) FILTER (WHERE backend_xid IS NOT NULL)
      FROM pg_stat_activity WHERE application_name = ANY(%s) AND xact_start IS NOT NULL
"""
# An entry is locked from its claim to the commit of its answer.
IN_FLIGHT = """
    WITH free AS (SELECT id FROM workflows_outboxentry WHERE done_at IS NULL FOR UPDATE SKIP LOCKED)
    SELECT operation, payload FROM workflows_outboxentry
     WHERE done_at IS NULL AND next_try_at <= now() AND id NOT IN (SELECT id FROM free)
"""


@dataclass(frozen=True)
class Effect:
    """An effect that was claimed and not yet noted as done."""

    operation: str
    payload: dict[str, Any]


class Glances:
    """One connection that asks; a new one after the server was away."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._connection: psycopg.Connection[Any] | None = None

    def writing(self, applications: Iterable[str], *, is_noting: bool = False) -> set[str]:
        """Those with an open transaction that has written; or whose last statement was a note of what was done."""
        rows = self._ask(NOTING if is_noting else WRITING, list(applications))
        return {str(row[0]) for row in rows}

    def open_steps(self, applications: Iterable[str]) -> int:
        """Open transactions that have written, of processes that are frozen: nobody can commit them any more.

        Nothing is claimed of a process for which the server is still at work.
        """
        names, end = list(applications), time.monotonic() + SETTLING_SECONDS
        while (row := self._ask(OPEN_STEPS, names)[0])[0]:
            if time.monotonic() > end:
                return 0
            time.sleep(0.005)
        return int(row[1])

    def in_flight(self) -> list[Effect]:
        """Effects that somebody has claimed; ask only while every worker is frozen."""
        return [Effect(*row) for row in self._ask(IN_FLIGHT)]

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._url, autocommit=True)
        return self._connection.execute(sql, values or None).fetchall()
