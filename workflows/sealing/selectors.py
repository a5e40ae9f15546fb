"""Reading: where entries of the journal are sealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workflows.models import JournalHead, JournalLeaf


@dataclass(frozen=True)
class Seal:
    """Batch and day of one entry, and whether the head of that day is out."""

    batch: int
    day: date
    has_head: bool


def seals_of(entry_ids: Iterable[int]) -> dict[int, Seal]:
    """The seals of entries by id; one that waits for the sealer is missing. Two statements."""
    leaves = JournalLeaf.objects.filter(entry_id__in=list(entry_ids)).select_related("batch")
    days = {leaf.batch.day for leaf in leaves}
    out = set(JournalHead.objects.filter(day__in=days).values_list("day", flat=True))
    return {leaf.entry_id: Seal(leaf.batch_id, leaf.batch.day, leaf.batch.day in out) for leaf in leaves}


def recent_heads(most: int) -> list[JournalHead]:
    """The newest heads, the newest first."""
    return list(JournalHead.objects.order_by("-number")[:most])


def head_of(day: date) -> JournalHead | None:
    """The head of a day, if it is out."""
    return JournalHead.objects.filter(day=day).first()
