"""One command, one transaction: what it writes besides the domain's own rows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction

from workflows import journal, poke
from workflows.errors import Busy, Repeated
from workflows.models import DutyRecord, Family, InboxEntry, JournalEntry, Message, OutboxEntry, Run

LOCK_TIMEOUT = "2s"


class Act:
    """The transaction of one command: family, actor, moment, and what is written at its end."""

    def __init__(self, *, family: Family, actor: Any, now: datetime, agent: str = "") -> None:
        self.family = family
        self.actor = actor
        self.now = now
        self.agent = agent
        self.answer: dict[str, Any] = {}
        self._journal: list[JournalEntry] = []
        self._outbox: list[OutboxEntry] = []
        self.pokes = poke.Pokes()

    def record(self, act: str, *, run: Run | None = None, **details: Any) -> None:
        """Add a journal entry; it commits with everything else."""
        self._journal.append(
            journal.entry(
                act, now=self.now, actor=self.actor, agent=self.agent, run=run, family=self.family, **details
            )
        )

    def send(
        self,
        operation: str,
        *,
        key: str,
        payload: Mapping[str, Any],
        run: Run | None = None,
        task_id: str = "",
    ) -> None:
        """Want an effect after the commit. The same key is carried out once."""
        self._outbox.append(
            OutboxEntry(
                key=key,
                operation=operation,
                run=run,
                task_id=task_id,
                payload=dict(payload),
                next_try_at=self.now,
                created_at=self.now,
            )
        )

    def hold_duty(
        self, account_id: int, key: str, *, run: Run, element_id: str, excludes: list[str] | None = None
    ) -> None:
        """Note that an account holds a separation key in this family."""
        record = DutyRecord(
            family=self.family,
            account_id=account_id,
            key=key,
            element_id=element_id,
            run=run,
            excludes=excludes or [],
            at=self.now,
        )
        DutyRecord.objects.bulk_create([record], ignore_conflicts=True)

    def deliver(self, run_id: Any, message: str, data: Mapping[str, Any], *, key: str) -> None:
        """Send a message to another run; the relay hands it over after the commit."""
        self.send(
            "workflows.deliver", key=key, payload={"run": str(run_id), "message": message, "data": dict(data)}
        )

    def flush(self) -> None:
        """Write the journal and the outbox, and poke whoever waits once the commit is through."""
        JournalEntry.objects.bulk_create(self._journal)
        if self._outbox:
            OutboxEntry.objects.bulk_create(self._outbox, ignore_conflicts=True)
        self.pokes.outbox = bool(self._outbox)
        transaction.on_commit(self.pokes.send, robust=True)


@contextmanager
def one_transaction(key: str, now: datetime) -> Iterator[InboxEntry]:
    """A durable transaction that refuses a repeated key with the answer given the first time."""
    try:
        with transaction.atomic(durable=True):
            _set_lock_timeout()
            inbox = _first_time(key, now)
            yield inbox
            if inbox.answer:
                inbox.save(update_fields=["answer"])
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "55P03":
            raise Busy from error
        raise


def lock_family(family_id: Any) -> Family:
    """Lock the root first: every command of a matter waits here, whatever run it moves."""
    return Family.objects.select_for_update().get(pk=family_id)


def keep_message(run_id: Any, name: str, data: Mapping[str, Any], *, key: str, now: datetime) -> Message:
    """Store a message until the run waits for it."""
    return Message.objects.get_or_create(
        key=key, defaults={"run_id": run_id, "name": name, "data": dict(data), "received_at": now}
    )[0]


def _set_lock_timeout() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")


def _first_time(key: str, now: datetime) -> InboxEntry:
    """Take the key, or wait for whoever has it and give the answer of that time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflows_inboxentry (key, answer, at) VALUES (%s, '{}', %s) ON CONFLICT DO NOTHING",
            [key, now],
        )
        if cursor.rowcount:
            return InboxEntry(key=key, at=now)
    raise Repeated(InboxEntry.objects.get(key=key).answer)
