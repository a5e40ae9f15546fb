"""The check of the journal: computes everything again from the rows and names what does not fit."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from django.db import connection
from django.db.models import QuerySet

from workflows.database_roles import append_only_tables, wrongly_held
from workflows.models import JournalBatch, JournalEntry, JournalHead, JournalLeaf
from workflows.rules.calendar import civil_date
from workflows.rules.merkle import leaf_hash, root_of
from workflows.sealing import canonical, keys
from workflows.sealing.findings import Checked, Finding
from workflows.sealing.heads import leaves_of
from workflows.sealing.sealer import unsealed

AT_ONCE = 2000
GUARDS = (
    "workflows_journalentry_is_append_only",
    "workflows_journalentry_number_first",
    "workflows_journalbatch_is_append_only",
    "workflows_journalleaf_is_append_only",
    "workflows_journalhead_is_append_only",
    "workflows_journalheadcopy_is_append_only",
)


def verify(*, now: datetime, first: date = date.min, last: date = date.max) -> Checked:
    """Check all batches and heads of the days of sealing from first to last, and all entries below them."""
    checked = Checked()
    checked.findings += _guards()
    batches = JournalBatch.objects.filter(day__range=(first, last)).order_by("number")
    checked.findings += _chain(batches, checked)
    checked.findings += _entries(batches, checked)
    checked.findings += _heads(first, min(last, civil_date(now)), checked, now)
    newest = JournalBatch.objects.order_by("-number").first()
    checked.unsealed = unsealed(newest.next_floor_id if newest else 0).count()
    return checked


def _guards() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND tgname = ANY(%s)", [list(GUARDS)]
        )
        standing = {name for (name,) in cursor.fetchall()}
    yield from (Finding("guard_off", guard=name) for name in GUARDS if name not in standing)
    for table, rights in wrongly_held(append_only_tables("workflows")).items():
        yield Finding("right_held", guard=f"{', '.join(rights)} on {table}")


def _chain(batches: QuerySet[JournalBatch], checked: Checked) -> Iterator[Finding]:
    """Headers, signatures, and each batch's link to the one before, also before the first of the range."""
    before: JournalBatch | None = None
    for batch in batches.iterator(AT_ONCE):
        checked.batches += 1
        if before is None:
            before = JournalBatch.objects.filter(number__lt=batch.number).order_by("-number").first()
        number = before.number if before else 0
        yield from (Finding("batch_missing", batch=gone) for gone in range(number + 1, batch.number))
        wrong = partial(Finding, batch=batch.number, day=batch.day)
        previous = bytes(before.hash) if before else canonical.FIRST
        if batch.number == number + 1 and bytes(batch.previous_hash) != previous:
            yield wrong("batch_chain")
        text = canonical.batch_text(batch)
        if canonical.hash_of(text) != bytes(batch.hash):
            yield wrong("batch_changed")
        if not keys.is_signed(text, bytes(batch.signature), batch.key_id):
            yield wrong("batch_signature")
        before = batch


def _entries(batches: QuerySet[JournalBatch], checked: Checked) -> Iterator[Finding]:
    lowest: int | None = None
    newest: JournalBatch | None = None
    for group in _groups(batches):
        lowest = group[0].floor_id if lowest is None else lowest
        newest = group[-1]
        yield from _group(group, checked)
    if newest is not None:
        # No sequence gives out zero and below: the range that starts with the first batch asks for those, too.
        added = unsealed(lowest or -(2**63)).filter(pk__lte=newest.next_floor_id)
        yield from (Finding("entry_added", entry=pk) for pk in added.values_list("pk", flat=True))


def _groups(batches: QuerySet[JournalBatch]) -> Iterator[list[JournalBatch]]:
    """Batches with some thousand entries together: few statements, little memory."""
    group: list[JournalBatch] = []
    for batch in batches.iterator(AT_ONCE):
        group.append(batch)
        if sum(one.size for one in group) >= AT_ONCE:
            yield group
            group = []
    if group:
        yield group


def _group(group: list[JournalBatch], checked: Checked) -> Iterator[Finding]:
    leaves: dict[int, list[JournalLeaf]] = {batch.number: [] for batch in group}
    rows = JournalLeaf.objects.filter(batch__in=group).order_by("batch_id", "position")
    for leaf in rows:
        leaves[leaf.batch_id].append(leaf)
    entries = JournalEntry.objects.in_bulk([leaf.entry_id for leaf in rows])
    for batch in group:
        checked.entries += len(leaves[batch.number])
        yield from _batch(batch, leaves[batch.number], entries)


def _batch(
    batch: JournalBatch, leaves: Sequence[JournalLeaf], entries: dict[int, JournalEntry]
) -> Iterator[Finding]:
    wrong = partial(Finding, batch=batch.number, day=batch.day)
    for leaf in leaves:
        entry = entries.get(leaf.entry_id)
        if entry is None:
            yield wrong("entry_missing", entry=leaf.entry_id)
        elif leaf_hash(canonical.leaf_input(bytes(leaf.salt), canonical.entry_text(entry))) != bytes(
            leaf.hash
        ):
            yield wrong("entry_changed", entry=leaf.entry_id)
        if leaf.entry_id <= batch.floor_id:
            yield wrong("batch_order", entry=leaf.entry_id)
    if [leaf.position for leaf in leaves] != list(range(batch.size)):
        yield wrong("batch_leaves")
    elif root_of([bytes(leaf.hash) for leaf in leaves]) != bytes(batch.root):
        yield wrong("batch_root")


def _heads(first: date, last: date, checked: Checked, now: datetime) -> Iterator[Finding]:
    heads = JournalHead.objects.filter(day__range=(first, last)).order_by("number")
    before: JournalHead | None = None
    for head in heads:
        checked.heads += 1
        if before is None:
            before = JournalHead.objects.filter(number__lt=head.number).order_by("-number").first()
        yield from _head(head, before)
        before = head
    days = JournalBatch.objects.filter(day__range=(first, last), day__lt=civil_date(now))
    signed = set(heads.values_list("day", flat=True))
    # The sealer signs yesterday in its first seconds of today; until then the day is not missing a head.
    newest = JournalBatch.objects.order_by("-number").values_list("day", flat=True).first()
    for day in sorted(set(days.values_list("day", flat=True)) - signed):
        if newest and day < newest:
            yield Finding("head_missing", day=day)


def _head(head: JournalHead, before: JournalHead | None) -> Iterator[Finding]:
    previous = bytes(before.hash) if before else canonical.FIRST
    is_next = head.number == (before.number + 1 if before else 1)
    if not is_next or bytes(head.previous_hash) != previous:
        yield Finding("head_chain", day=head.day)
    text = canonical.head_text(head)
    if canonical.hash_of(text) != bytes(head.hash):
        yield Finding("head_changed", day=head.day)
    if not keys.is_signed(text, bytes(head.signature), head.key_id):
        yield Finding("head_signature", day=head.day)
    batches = list(JournalBatch.objects.filter(day=head.day).order_by("number"))
    numbers = [batch.number for batch in batches]
    fits = (
        numbers == list(range(head.first_batch, head.last_batch + 1))
        and head.first_batch == (before.last_batch + 1 if before else 1)
        and head.entry_count == sum(batch.size for batch in batches)
        and root_of(leaves_of(batches)) == bytes(head.root)
    )
    if not fits:
        yield Finding("head_root", day=head.day)
