"""What the kills hit, part by part."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from casework import storage
from casework.errors import ObjectMissing
from casework.models import Document
from casework.services.store_document import place_of
from faults.glances import Effect
from faults.patience import patiently

STORE = "casework.store_document"
COUNTS = ("kills", "in_open_step", "effect_in_flight", "request_only")


@dataclass
class Tally:
    """Kills by part; a kill of PostgreSQL may hit several open steps and counts as one."""

    parts: dict[str, Counter[str]]
    operations: Counter[str] = field(default_factory=Counter)
    stored_unnoted: int = 0
    spared: int = 0

    @classmethod
    def of(cls, parts: Sequence[str]) -> "Tally":
        """Nothing yet."""
        return cls({part: Counter() for part in parts})

    def total(self, count: str) -> int:
        """One of the counts over all parts."""
        return sum(counts[count] for counts in self.parts.values())

    def never_hit(self) -> list[str]:
        """Parts without a kill; one of worker and relay stands for both, since they are one process."""
        hit = {part for part, counts in self.parts.items() if counts["kills"]}
        hit |= {"worker", "relay"} if hit & {"worker", "relay"} else set()
        return [part for part in self.parts if part not in hit]

    def note(self, part: str, *, steps: int, effects: Sequence[Effect], requests: int = 0) -> None:
        """A kill and what it certainly hit."""
        counts = self.parts[part]
        counts["kills"] += 1
        counts["in_open_step"] += bool(steps)
        counts["effect_in_flight"] += bool(effects)
        counts["request_only"] += bool(requests and not steps)
        self.operations.update(effect.operation for effect in effects)
        self.stored_unnoted += patiently(lambda: sum(_is_stored(effect) for effect in effects))

    def figures(self) -> dict[str, Any]:
        """For the summary."""
        by_part = {part: {name: counts[name] for name in COUNTS} for part, counts in self.parts.items()}
        return {
            "kills": self.total("kills"),
            "kills_in_open_step": self.total("in_open_step"),
            "kills_with_effect_in_flight": self.total("effect_in_flight"),
            "kills_by_part": by_part,
            "effects_in_flight": dict(sorted(self.operations.items())),
            "stored_before_the_kill": self.stored_unnoted,
            "spared_because_idle": self.spared,
        }


def _is_stored(effect: Effect) -> bool:
    """Whether the outside call of an effect on its way was over: the PDF lies in the store, no row says so."""
    if effect.operation != STORE:
        return False
    document = Document.objects.get(pk=effect.payload["document"])
    try:
        storage.stat(place_of(document))
    except ObjectMissing:
        return False
    return document.stored_at is None
