"""One kill at a chosen moment: before the commit, after it, inside an effect."""

import signal
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from casework import storage
from casework.models import Document
from faults.browser import Page
from faults.entries import parts_of
from faults.surroundings import database_url
from tests.faults.standing import Standing, wait_for
from workflows.models import InboxEntry, JournalEntry, OutboxEntry, WorkItem


@contextmanager
def held(sql: str, *values: Any) -> Iterator[None]:
    """Hold the row locks of a query, as somebody else's transaction would."""
    with psycopg.connect(database_url()) as connection:
        connection.execute(sql, values)
        yield
        connection.rollback()


def waits_for_a_lock(application: str) -> bool:
    """Whether a process waits inside a transaction that has written."""
    with psycopg.connect(database_url(), autocommit=True) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND wait_event_type = 'Lock'"
            " AND backend_xid IS NOT NULL",
            [application],
        ).fetchone()
    return bool(row and row[0])


class Sending(threading.Thread):
    """A form on its way, sent again by the browser when the connection breaks."""

    def __init__(self, house: Standing, item: WorkItem, key: str) -> None:
        super().__init__(daemon=True)
        self._send = lambda: house.send("intake", item, entries_of(item), key)
        self.page: Page | None = None
        self.start()

    def run(self) -> None:
        """Send."""
        self.page = self._send()

    def answer(self) -> Page:
        """The answer, at last."""
        self.join(60)
        assert self.page is not None, "the form was never answered"
        return self.page


def entries_of(item: WorkItem) -> dict[str, Any]:
    """What the page of a task without further facts gets."""
    return parts_of(item.element_id)[0][1]({})


def key_in_the_inbox(item: WorkItem, house: Standing, key: str) -> bool:
    return InboxEntry.objects.filter(key=f"task:{item.pk}:{house.account('intake').pk}:{key}").exists()


def completions(item: WorkItem) -> int:
    """How often the journal says that the item was completed."""
    return JournalEntry.objects.filter(act="work_completed", details__work_item=str(item.pk)).count()


def test_a_form_whose_server_is_killed_before_the_commit_is_carried_out_by_the_second_sending(
    house: Standing,
) -> None:
    _, item = house.matter("review_copy")
    web, key = house.house.webs[0], uuid.uuid4().hex
    with held("SELECT 1 FROM workflows_family WHERE id = %s FOR UPDATE", item.family_id):
        sending = Sending(house, item, key)
        wait_for("the step to wait for the matter", lambda: waits_for_a_lock(web.application), 20)
        web.kill()
    assert not key_in_the_inbox(item, house, key)
    web.start()
    assert sending.answer().status == 302
    assert completions(item) == 1


def test_a_form_whose_answer_is_lost_is_not_carried_out_again_by_the_second_sending(house: Standing) -> None:
    _, item = house.matter("review_copy")
    web, key = house.house.webs[0], uuid.uuid4().hex
    broker = house.valkey.record.pid()
    assert broker is not None
    # A broker that is silent holds the answer back after the commit.
    import os

    os.kill(broker, signal.SIGSTOP)
    try:
        sending = Sending(house, item, key)
        wait_for("the commit", lambda: key_in_the_inbox(item, house, key), 20)
        web.kill()
    finally:
        os.kill(broker, signal.SIGCONT)
    web.start()
    assert sending.answer().status == 302
    assert completions(item) == 1
    assert WorkItem.objects.filter(family_id=item.family_id, element_id="assign_verifiers").count() == 1


def test_an_effect_whose_worker_is_killed_is_carried_out_by_the_next_and_once(house: Standing) -> None:
    house.matter("appoint_handlers")
    document = Document.objects.latest("id")
    entry = OutboxEntry.objects.get(key=f"document:{document.pk}")
    worker, beat = house.house.worker, house.house.beat
    with held("SELECT 1 FROM casework_document WHERE id = %s FOR UPDATE", document.pk):
        worker.start()
        beat.start()
        wait_for("the effect to be under way", lambda: waits_for_a_lock(worker.application))
        worker.kill()
    wait_for("the killed worker's transaction to end", lambda: is_free(entry))
    entry.refresh_from_db()
    assert (entry.done_at, entry.attempt_count) == (None, 0)
    worker.start()
    wait_for("the document to be stored", lambda: Document.objects.get(pk=document.pk).stored_at)
    wait_for("the entry to be closed", lambda: OutboxEntry.objects.get(pk=entry.pk).done_at)


def is_free(entry: OutboxEntry) -> bool:
    """Whether nobody holds the entry."""
    with psycopg.connect(database_url(), autocommit=True) as connection:
        sql = "SELECT 1 FROM workflows_outboxentry WHERE id = %s FOR UPDATE SKIP LOCKED"
        return connection.execute(sql, [entry.pk]).fetchone() is not None


@pytest.mark.django_db
def test_a_document_that_reached_the_store_before_the_kill_is_not_stored_a_second_time() -> None:
    from casework.services.store_document import store_document
    from tests.casework import walking
    from tests.factories import casework as make

    walk = walking.Walk(make.handled_case())
    walking.investigated(walk)
    walking.decided(walk)
    document = Document.objects.select_related("bureau").filter(kind="penalty_decision").latest("id")
    store_document(Document.objects.select_related("bureau").get(pk=document.pk), now=walk.now)
    stored = Document.objects.get(pk=document.pk)
    # As after a kill between the store's answer and the commit: the row knows nothing of it.
    Document.objects.filter(pk=document.pk).update(
        stored_at=None, object_key="", version_id="", sha256="", size=None
    )
    store_document(Document.objects.select_related("bureau").get(pk=document.pk), now=walk.now)
    assert [v.version_id for v in storage.versions(stored.object_key)] == [stored.version_id]
    assert Document.objects.get(pk=document.pk).version_id == stored.version_id
