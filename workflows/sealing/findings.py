"""What a check of the journal may find wrong, and the result of a check."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

SENTENCES = {
    "entry_changed": "entry {entry} is not what was sealed in batch {batch} on {day}",
    "entry_missing": "entry {entry}, sealed in batch {batch} on {day}, is gone",
    "entry_added": "entry {entry} was put among entries that were sealed long before it",
    "batch_root": "batch {batch} of {day}: its leaves do not give its root",
    "batch_leaves": "batch {batch} of {day}: leaves were taken away or added",
    "batch_missing": "batch {batch} is gone",
    "batch_chain": "batch {batch} of {day} does not follow from the batch before it",
    "batch_changed": "batch {batch} of {day}: its header is not what was hashed",
    "batch_signature": "batch {batch} of {day}: no trusted key signed it",
    "batch_order": "batch {batch} of {day} holds entry {entry} from below its floor",
    "head_missing": "the day {day} has batches and no head",
    "head_chain": "the head of {day} does not follow from the head before it",
    "head_changed": "the head of {day} is not what was hashed",
    "head_signature": "the head of {day}: no trusted key signed it",
    "head_root": "the head of {day} does not fit the batches of that day",
    "head_differs": "the head of {day} differs from the copy that lies outside ({file})",
    "head_unknown": "the head of {day} lies outside ({file}) and not in the database",
    "guard_off": "a guard of the database is off or gone: {guard}",
    "right_held": "the application has rights that it must not have: {guard}",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, with the names that its sentence needs."""

    kind: str
    entry: int | None = None
    batch: int | None = None
    day: date | None = None
    guard: str = ""
    file: str = ""

    def __str__(self) -> str:
        return SENTENCES[self.kind].format_map(vars(self))

    def as_dict(self) -> dict[str, Any]:
        """For `--json`: what is known and the sentence."""
        day = self.day.isoformat() if self.day else None
        known = {"entry": self.entry, "batch": self.batch, "day": day, "guard": self.guard, "file": self.file}
        return {
            "kind": self.kind,
            **{key: value for key, value in known.items() if value not in (None, "")},
            "text": str(self),
        }


@dataclass
class Checked:
    """How much was checked, what is wrong, what waits to be sealed."""

    entries: int = 0
    batches: int = 0
    heads: int = 0
    unsealed: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def first_entry(self) -> int | None:
        """The lowest entry that is wrong."""
        return min((f.entry for f in self.findings if f.entry is not None), default=None)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "is_sound": not self.findings,
            "entries": self.entries,
            "batches": self.batches,
            "heads": self.heads,
            "unsealed": self.unsealed,
            "first_entry": self.first_entry,
            "findings": [finding.as_dict() for finding in self.findings],
        }
