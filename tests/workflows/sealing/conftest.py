"""Writing to the journal, and going around its guards as somebody does who rules the database."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection, transaction

from workflows import journal
from workflows.database_roles import as_owner
from workflows.models import JournalEntry
from workflows.sealing.sealer import seal

Write = Callable[..., list[int]]
Tamper = Callable[..., None]


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
