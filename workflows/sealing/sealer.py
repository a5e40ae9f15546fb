"""The sealer: puts committed entries of the journal into batches, each entry once, none forgotten.

Which entries are new? Ids are drawn before the commit, so a slow transaction may fill a gap long after higher ids
were sealed. Nothing is concluded from gaps. A batch takes every entry that is visible, hence committed, and has no
leaf yet; the leaf's primary key lets nobody seal it twice.

To find those without reading the whole journal, each batch notes the highest id visible in a snapshot of the
database, and the number of its own transaction, taken after that snapshot. A later batch may take that highest id
as its floor once all transactions before that number are over (`pg_snapshot_xmin` has reached it):

- A transaction with a greater number began to write after the snapshot. A trigger makes it take its number before it
  draws an id, and a sequence only counts up: its ids lie above the highest id of the snapshot.
- A transaction with a smaller number is over. What it committed is visible now and goes into this batch.

So nothing can appear at or below the floor any more, and an entry found there without a leaf was put there by
somebody who went around the product: `verify_journal` names it, and the sealer does not cover it up. A transaction
that stays open only holds the floor back; what others commit is sealed all the same. The snapshot's own upper end
(`pg_snapshot_xmax`) would not do for that number: it is one above the last transaction that is over, and one with a
greater number may be writing already, below the highest id. A number that this server has
not given out yet comes from another one, before the database was moved here: whatever ran there is over, too.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from workflows.models import JournalBatch, JournalEntry, JournalLeaf
from workflows.rules.calendar import civil_date
from workflows.rules.merkle import leaf_hash, root_of
from workflows.sealing import canonical, keys
from workflows.sealing.heads import close_days

MOST = 5000
SALT_BYTES = 16
ONE_SEALER = 0x6A726E6C
"""Number of the advisory lock: one sealer at a time, in whatever process."""


@dataclass(frozen=True)
class View:
    """What one snapshot of the database shows."""

    running_from: int
    """The oldest transaction that is still open, or the next one."""
    over_until: int
    """One above the last transaction that is over."""
    highest_id: int


def seal(now: datetime) -> int:
    """Seal what is committed, at most one batch of 5,000 entries; close the days that are over.

    Returns how many entries were sealed: nothing when another sealer is at work.
    """
    with transaction.atomic(durable=True):
        if not _is_alone():
            return 0
        view = _look()
        last = JournalBatch.objects.order_by("-number").first()
        # Days and numbers go the same way, even if a clock is set back.
        moment = max(now, last.sealed_at) if last else now
        close_days(moment)
        floor = last.next_floor_id if last else 0
        entries = list(unsealed(floor)[:MOST])
        if entries:
            _write(entries, last, floor, _next_floor(entries, floor, view), view, moment)
        return len(entries)


def unsealed(floor: int) -> QuerySet[JournalEntry]:
    """Committed entries above the floor that no batch holds, by id."""
    leaf = JournalLeaf.objects.filter(entry_id=OuterRef("pk"))
    return JournalEntry.objects.filter(pk__gt=floor).filter(~Exists(leaf)).order_by("pk")


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_SEALER])
        return bool(cursor.fetchone()[0])


def _look() -> View:
    """Both ends of the snapshot and the highest id in it: one statement, or they would not belong together."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint,"
            " (SELECT coalesce(max(id), 0) FROM workflows_journalentry) FROM pg_current_snapshot() AS s"
        )
        return View(*cursor.fetchone())


def _own_number() -> int:
    """The number of this transaction: whoever takes one later has a greater one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def _next_floor(entries: list[JournalEntry], floor: int, view: View) -> int:
    """The id up to which nothing can appear after this batch. `entries` may be cut off at `MOST`."""
    is_over = Q(seen_until__lte=view.running_from) | Q(seen_until__gt=view.over_until)
    settled = JournalBatch.objects.filter(is_over).order_by("-number").first()
    reached = settled.highest_id if settled else 0
    if len(entries) == MOST:
        reached = min(reached, entries[-1].pk)
    return max(floor, reached)


def _write(
    entries: list[JournalEntry],
    last: JournalBatch | None,
    floor: int,
    next_floor: int,
    view: View,
    moment: datetime,
) -> None:
    salts = [secrets.token_bytes(SALT_BYTES) for _ in entries]
    hashes = [
        leaf_hash(canonical.leaf_input(salt, canonical.entry_text(entry)))
        for salt, entry in zip(salts, entries, strict=True)
    ]
    batch = JournalBatch(
        number=last.number + 1 if last else 1,
        previous_hash=bytes(last.hash) if last else canonical.FIRST,
        size=len(entries),
        root=root_of(hashes),
        sealed_at=moment,
        day=civil_date(moment),
        floor_id=floor,
        next_floor_id=next_floor,
        highest_id=view.highest_id,
        seen_until=_own_number(),
        key_id=keys.key_id(),
    )
    text = canonical.batch_text(batch)
    batch.hash, batch.signature = canonical.hash_of(text), keys.sign(text)
    batch.save(force_insert=True)
    JournalLeaf.objects.bulk_create(
        JournalLeaf(entry=entry, batch=batch, position=position, salt=salts[position], hash=hashes[position])
        for position, entry in enumerate(entries)
    )
