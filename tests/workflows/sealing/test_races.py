"""Writers that commit late, many of them, and several sealers: each entry is sealed once, none is forgotten."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from queue import Queue

import psycopg
import pytest
from django.db import connection, transaction

from tests.workflows.sealing.conftest import Write
from workflows import journal
from workflows.models import JournalBatch, JournalEntry, JournalLeaf
from workflows.sealing.sealer import seal
from workflows.sealing.verifying import verify

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


class SlowWriter:
    """A transaction in a thread of its own that has written and commits when it is told."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._written: Queue[None] = Queue()
        self._may_commit = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def _write(self) -> None:
        try:
            with transaction.atomic():
                journal.record("slow_written", now=self._at)
                self._written.put(None)
                self._may_commit.wait(timeout=60)
        finally:
            connection.close()

    def write(self) -> None:
        """Write, and leave the transaction open."""
        self._thread.start()
        self._written.get(timeout=60)

    def commit(self) -> None:
        """Let it commit, and wait until it has."""
        self._may_commit.set()
        self._thread.join(timeout=60)


@contextmanager
def slow_writer(at: datetime) -> Iterator[SlowWriter]:
    """A slow writer that ends with the block."""
    writer = SlowWriter(at)
    writer.write()
    try:
        yield writer
    finally:
        writer.commit()


def test_a_writer_whose_number_is_above_all_that_are_over_holds_the_floor_back(
    write: Write, moment: datetime
) -> None:
    slow = SlowWriter(moment)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        # It takes the next number and the lower id; then this transaction is the last that is over.
        slow.write()
        journal.record("sample_written", now=moment)
    try:
        assert seal(moment) == 1
        for _ in range(2):
            write(1)
            assert seal(moment) == 1
    finally:
        slow.commit()

    assert seal(moment) == 1
    assert verify(now=moment).findings == []


def test_a_gap_that_fills_after_its_neighbours_were_sealed_is_sealed_then(
    write: Write, moment: datetime
) -> None:
    with slow_writer(moment) as slow:
        for _ in range(4):
            write(2)
            assert seal(moment) == 2, "others do not wait for the slow one"
        held_back = JournalBatch.objects.order_by("-number")[0]
        slow.commit()
    late = JournalEntry.objects.get(act="slow_written")

    assert held_back.next_floor_id < late.pk
    assert late.pk < held_back.highest_id
    assert seal(moment) == 1
    assert late.leaf.batch_id == 5
    assert verify(now=moment).findings == []


@pytest.fixture
def neighbour() -> Iterator[None]:
    """A transaction of another database of the same server, as another worker of a test run has: always open."""
    with psycopg.connect(**{**connection.get_connection_params(), "dbname": "postgres"}) as open_elsewhere:
        open_elsewhere.execute("SELECT pg_current_xact_id()")
        yield
        open_elsewhere.rollback()


def test_the_floor_goes_on_once_the_slow_one_is_over(write: Write, moment: datetime, neighbour: None) -> None:
    with slow_writer(moment):
        write(2)
        seal(moment)
    for _ in range(2):
        ids = write(2)
        seal(moment)

    assert JournalBatch.objects.order_by("-number")[0].next_floor_id >= ids[0] - 1
    assert verify(now=moment).unsealed == 0


def test_a_writer_has_its_number_before_it_draws_an_id(transactional_db: None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned()")
        before = cursor.fetchone()[0]
        cursor.execute("INSERT INTO workflows_journalentry SELECT * FROM workflows_journalentry WHERE false")
        cursor.execute("SELECT pg_current_xact_id_if_assigned()")

        assert before is None
        assert cursor.fetchone()[0] is not None


def in_threads(acts: list[Callable[[], None]]) -> list[BaseException]:
    """Run the acts at once; returns what they raised."""
    failures: list[BaseException] = []

    def play(act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=play, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return failures


@pytest.mark.parametrize("seed", range(3))
def test_many_writers_with_slow_commits_and_several_sealers(seed: int, moment: datetime) -> None:
    written = threading.Event()
    draw = random.Random(seed)
    pauses = [[draw.choice([0, 0, 0.002, 0.03]) for _ in range(40)] for _ in range(4)]

    def write_slowly(waits: list[float], writer: int) -> None:
        for number, wait in enumerate(waits):
            with transaction.atomic():
                journal.record("sample_written", now=moment, writer=writer, number=number)
                time.sleep(wait)
                if number % 7 == 3:
                    transaction.set_rollback(True)

    def seal_again_and_again() -> None:
        while not written.is_set():
            seal(moment)

    def write_all() -> None:
        failed = in_threads([lambda w=w, n=n: write_slowly(w, n) for n, w in enumerate(pauses)])
        written.set()
        assert not failed

    assert not in_threads([write_all, seal_again_and_again, seal_again_and_again])
    seal(moment)

    kept = set(JournalEntry.objects.values_list("pk", flat=True))
    assert len(kept) == 4 * 34
    assert set(JournalLeaf.objects.values_list("entry_id", flat=True)) == kept
    assert sum(JournalBatch.objects.values_list("size", flat=True)) == len(kept)
    assert verify(now=moment).findings == []
