"""Proofs: small JSON files that show, without the product, that entries are under the signed head of a day."""

from collections.abc import Iterable
from typing import Any

from workflows.models import JournalBatch, JournalEntry, JournalHead, JournalLeaf
from workflows.rules.merkle import audit_path
from workflows.sealing import canonical, keys
from workflows.sealing.heads import batches_of, leaves_of, published

FORMAT = "fundguard-journal-proof-1"


class NotSealed(Exception):
    """The entry waits for the sealer, which comes every few seconds."""

    def __init__(self, entry_id: int) -> None:
        super().__init__(entry_id)
        self.entry_id = entry_id


def prove(entries: Iterable[JournalEntry]) -> dict[str, Any]:
    """One proof for some entries; batches and heads that they share stand in it once.

    An entry of today has no head yet: its proof ends at the signed batch. Raises: NotSealed.
    """
    rows = sorted(entries, key=lambda entry: entry.pk)
    found = JournalLeaf.objects.select_related("batch").in_bulk([entry.pk for entry in rows])
    for entry in rows:
        if entry.pk not in found:
            raise NotSealed(entry.pk)
    batches = {leaf.batch_id: leaf.batch for leaf in found.values()}
    heads = {head.day: head for head in JournalHead.objects.filter(day__in={b.day for b in batches.values()})}
    hashes = {number: _leaf_hashes(number) for number in batches}
    return {
        "format": FORMAT,
        "entries": [_entry(entry, found[entry.pk], hashes) for entry in rows],
        "batches": {str(number): _batch(batch, heads) for number, batch in sorted(batches.items())},
        "heads": {str(day): published(head) for day, head in sorted(heads.items())},
        "public_keys": {name: key.hex() for name, key in keys.trusted().items()},
    }


def _entry(entry: JournalEntry, leaf: JournalLeaf, hashes: dict[int, list[bytes]]) -> dict[str, Any]:
    return {
        "entry": canonical.entry_text(entry),
        "salt": bytes(leaf.salt).hex(),
        "batch": leaf.batch_id,
        "position": leaf.position,
        "path": [step.hex() for step in audit_path(hashes[leaf.batch_id], leaf.position)],
    }


def _batch(batch: JournalBatch, heads: dict[Any, JournalHead]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "header": canonical.batch_text(batch),
        "signature": bytes(batch.signature).hex(),
        "head": None,
    }
    head = heads.get(batch.day)
    if head is not None:
        position = batch.number - head.first_batch
        path = audit_path(leaves_of(batches_of(head)), position)
        shown |= {"head": str(head.day), "position": position, "path": [step.hex() for step in path]}
    return shown


def _leaf_hashes(number: int) -> list[bytes]:
    rows = JournalLeaf.objects.filter(batch_id=number).order_by("position")
    return [bytes(value) for value in rows.values_list("hash", flat=True)]
