"""Writing to the journal, and going around its guards as somebody does who rules the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection, transaction

from workflows import journal
from workflows.database_roles import as_owner
from workflows.models import JournalEntry
from workflows.sealing import sealer
from workflows.sealing.sealer import seal

Write = Callable[..., list[int]]
Tamper = Callable[..., None]


@pytest.fixture(autouse=True)
def transactions_of_this_database_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sealer's floor wait for nobody in another database: a snapshot counts the whole server.

    Other workers of a test run, each with a database beside this one, keep transactions open as long as they like, and
    each of them held the floor of these tests back. What is read here is read before the snapshot: a transaction that
    was over by then is over in it.
    """
    look = sealer._look

    def look_here() -> sealer.View:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
            given_out = cursor.fetchone()[0]
            cursor.execute(
                "SELECT coalesce(min(backend_xid::text::bigint), %s) FROM pg_stat_activity"
                " WHERE datname = current_database() AND backend_type = 'client backend'",
                [given_out],
            )
            running_here = min(given_out, cursor.fetchone()[0])
        seen = look()
        return replace(seen, running_from=max(seen.running_from, running_here))

    monkeypatch.setattr(sealer, "_look", look_here)


@pytest.fixture
def write(moment: datetime) -> Write:
    """Write some entries, each in a transaction of its own, and say their ids."""

    def make(count: int = 1, at: datetime = moment, **details: object) -> list[int]:
        before = JournalEntry.objects.count()
        for number in range(count):
            journal.record("sample_written", now=at, number=number, **details)
        return list(JournalEntry.objects.order_by("id").values_list("id", flat=True)[before:])

    return make


@pytest.fixture
def sealed(write: Write, moment: datetime) -> list[int]:
    """Twelve entries in four batches, all well below the floor of the sealer but the last three."""
    ids: list[int] = []
    for _ in range(4):
        ids += write(3)
        seal(moment)
    return ids


@pytest.fixture
def tamper() -> Tamper:
    """Run a statement with every trigger off, as the owner of the tables can who is a superuser too."""

    def run(statement: str, *values: object) -> None:
        with as_owner(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement, values)

    return run
