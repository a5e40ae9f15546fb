"""One command, one transaction: what it writes besides the domain's own rows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction

from workflows import journal
from workflows.background import poke
from workflows.door.change import Change
from workflows.door.holding import Holding, holding_of
from workflows.door.rows import read, selected
from workflows.door.sql import fetch
from workflows.errors import Busy, Repeated
from workflows.models import DutyRecord, Family, InboxEntry, Message, OutboxEntry, Run

LOCK_TIMEOUT = "2s"
# The timeout is set by the statement that may be the first to wait.
_TAKE_KEY = f"""
    INSERT INTO "{InboxEntry._meta.db_table}" (key, answer, at)
    SELECT %s, '{{}}'::jsonb, %s::timestamptz FROM set_config('lock_timeout', '{LOCK_TIMEOUT}', true)
    ON CONFLICT DO NOTHING RETURNING key
"""
# The family is joined to the key, so that a repeat locks nothing and no lock is taken before the key.
_TAKE_KEY_AND_FAMILY = f"""
    WITH taken AS ({_TAKE_KEY}) SELECT {selected(Family, "family")}
    FROM taken CROSS JOIN "{Family._meta.db_table}" AS family WHERE family.id = %s FOR UPDATE OF family
"""


class Act:
    """The transaction of one command: family, actor, moment, and what is written at its end."""

    def __init__(self, *, family: Family, actor: Any, now: datetime, agent: str = "") -> None:
        self.family = family
        self.actor = actor
        self.now = now
        self.agent = agent
        self.answer: dict[str, Any] = {}
        self.begins: list[str] = []  # processes of the runs that it begins
        self.change = Change()
        self.pokes = poke.Pokes()
        self._holdings: dict[Any, Holding] = {}

    def holding(self, run: Run) -> Holding:
        """What a run waits for and counts, as the rows say; read once and kept up to date by each step."""
        found = self._holdings.get(run.pk)
        if found is None:
            found = self._holdings[run.pk] = holding_of(run)
        return found

    def has_read(self, run: Run, holding: Holding) -> None:
        """Take what was read together with the run."""
        self._holdings[run.pk] = holding

    def record(self, act: str, *, run: Run | None = None, **details: Any) -> None:
        """Add a journal entry; it commits with everything else."""
        self.change.add(
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
        element_id: str = "",
    ) -> None:
        """Want an effect after the commit. The same key is carried out once."""
        entry = OutboxEntry(
            key=key,
            operation=operation,
            run_id=getattr(run, "pk", None),
            task_id=task_id,
            element_id=element_id,
            payload=dict(payload),
            next_try_at=self.now,
            created_at=self.now,
        )
        self.change.add(entry, or_ignore=True)
        self.pokes.outbox = True

    def hold_duty(
        self, account_id: int, key: str, *, run: Run, element_id: str, excludes: list[str] | None = None
    ) -> None:
        """Note that an account holds a separation key in this family."""
        record = DutyRecord(
            family_id=self.family.pk,
            account_id=account_id,
            key=key,
            element_id=element_id,
            run_id=run.pk,
            excludes=excludes or [],
            at=self.now,
        )
        self.change.add(record, or_ignore=True)

    def deliver(self, run_id: Any, message: str, data: Mapping[str, Any], *, key: str) -> None:
        """Send a message to another run; the relay hands it over after the commit."""
        self.send(
            "workflows.deliver", key=key, payload={"run": str(run_id), "message": message, "data": dict(data)}
        )

    def flush(self) -> None:
        """Write what is left, and poke whoever waits once the commit is through."""
        self.change.write()
        transaction.on_commit(self.pokes.send, robust=True)


@contextmanager
def one_transaction(key: str, now: datetime) -> Iterator[InboxEntry]:
    """A durable transaction that refuses a repeated key with the answer given the first time."""
    with _durable():
        if not fetch(_TAKE_KEY, [key, now]):
            raise Repeated(InboxEntry.objects.get(key=key).answer)
        yield InboxEntry(key=key, at=now)


@contextmanager
def transaction_in(family_id: Any, key: str, now: datetime) -> Iterator[tuple[InboxEntry, Family]]:
    """The same with the family locked: every command of a matter waits here, whatever run it moves."""
    with _durable():
        rows = fetch(_TAKE_KEY_AND_FAMILY, [key, now, family_id])
        if not rows:
            raise Repeated(InboxEntry.objects.get(key=key).answer)
        yield InboxEntry(key=key, at=now), read(Family, rows[0])


@contextmanager
def _durable() -> Iterator[None]:
    with short_of_patience(), transaction.atomic(durable=True):
        yield


def wait_no_longer() -> None:
    """Let the open transaction wait for a lock as long as a command does."""
    fetch("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])


@contextmanager
def short_of_patience() -> Iterator[None]:
    """Say that a matter is busy where a lock did not come in time. Raises: Busy."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "55P03":
            raise Busy from error
        raise


def close(act: Act, inbox: InboxEntry) -> None:
    """End a command: what it answers is kept with its key."""
    if act.answer:
        act.change.alter(inbox, answer=act.answer)
    act.flush()


def lock_family(family_id: Any) -> Family:
    """Lock the root within a transaction that is already open."""
    return Family.objects.select_for_update().get(pk=family_id)


def keep_message(run_id: Any, name: str, data: Mapping[str, Any], *, key: str, now: datetime) -> Message:
    """Store a message until the run waits for it."""
    return Message.objects.get_or_create(
        key=key, defaults={"run_id": run_id, "name": name, "data": dict(data), "received_at": now}
    )[0]
