"""The sealer takes every committed entry once, and closes the days that are over."""

from datetime import datetime, timedelta

import pytest

from tests.workflows.sealing.conftest import Write
from workflows.models import JournalBatch, JournalEntry, JournalHead, JournalLeaf, OutboxEntry
from workflows.rules.merkle import leaf_hash, root_of
from workflows.sealing import canonical, keys, sealer
from workflows.sealing.sealer import seal

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_batch_holds_what_was_written_and_is_signed(write: Write, moment: datetime) -> None:
    write(3)

    assert seal(moment) == 3

    batch = JournalBatch.objects.get()
    leaves = list(batch.leaves.order_by("position").select_related("entry"))
    texts = [canonical.leaf_input(bytes(leaf.salt), canonical.entry_text(leaf.entry)) for leaf in leaves]
    assert root_of([leaf_hash(text) for text in texts]) == bytes(batch.root)
    assert keys.is_signed(canonical.batch_text(batch), bytes(batch.signature), batch.key_id)
    assert bytes(batch.previous_hash) == canonical.FIRST


def test_nothing_new_makes_no_batch(write: Write, moment: datetime) -> None:
    assert seal(moment) == 0
    write(1)
    seal(moment)

    assert seal(moment) == 0

    assert JournalBatch.objects.count() == 1


def test_each_batch_names_the_hash_of_the_one_before(write: Write, moment: datetime) -> None:
    for _ in range(2):
        write(1)
        seal(moment)

    first, second = JournalBatch.objects.order_by("number")

    assert bytes(second.previous_hash) == bytes(first.hash)


def test_the_floor_follows_so_that_old_entries_are_not_read_again(write: Write, moment: datetime) -> None:
    for _ in range(3):
        write(2)
        seal(moment)

    floors = list(JournalBatch.objects.order_by("number").values_list("floor_id", "next_floor_id"))
    last = JournalEntry.objects.order_by("-id").values_list("id", flat=True)[0]

    assert floors == [(0, 0), (0, last - 4), (last - 4, last - 2)]


def test_more_than_a_batch_holds_is_sealed_in_several(
    write: Write, monkeypatch: pytest.MonkeyPatch, moment: datetime
) -> None:
    monkeypatch.setattr(sealer, "MOST", 2)
    write(5)

    assert [seal(moment) for _ in range(4)] == [2, 2, 1, 0]

    assert JournalLeaf.objects.count() == 5


def test_a_day_that_is_over_gets_a_head_that_effects_carry_out(write: Write, moment: datetime) -> None:
    write(1)
    seal(moment)
    write(1)
    seal(moment)
    assert not JournalHead.objects.exists()

    seal(moment + timedelta(days=1))

    head = JournalHead.objects.get()
    assert (head.day.isoformat(), head.first_batch, head.last_batch, head.entry_count) == (
        "2025-03-12",
        1,
        2,
        2,
    )
    assert keys.is_signed(canonical.head_text(head), bytes(head.signature), head.key_id)
    sent = OutboxEntry.objects.filter(key__startswith="journal-head:")
    assert {tuple(entry.payload.items()) for entry in sent} <= {(("head", 1),)}


def test_a_clock_that_is_set_back_opens_no_closed_day_again(write: Write, moment: datetime) -> None:
    write(1)
    seal(moment)
    write(1)
    seal(moment + timedelta(days=1))
    write(1)
    seal(moment)

    days = JournalBatch.objects.order_by("number").values_list("day", flat=True)

    assert [day.isoformat() for day in days] == ["2025-03-12", "2025-03-13", "2025-03-13"]
