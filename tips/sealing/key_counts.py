"""How many wrapped keys and receipts rest on which master key, and which master keys nobody needs any more."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import BinaryField, Count, Func, QuerySet, Value

from tips.models import ClaimPin, TipKey
from tips.sealing import envelopes, key_ring

NAMELESS = ""
"""Wrapped before master keys had names: every key of the ring may be the one."""
VARIABLES = {
    "content": "FUNDGUARD_CONTENT_KEY",
    "identity": "FUNDGUARD_IDENTITY_KEY",
    "pepper": "FUNDGUARD_RECEIPT_PEPPER",
}


@dataclass(frozen=True)
class Held:
    """One master key, by its name in hex, and what rests on it."""

    purpose: str
    key: str
    keys: int
    is_current: bool
    is_known: bool

    @property
    def is_needed(self) -> bool:
        """Whether something is lost to the bureau when the settings no longer hold the key."""
        return self.is_current or self.keys > 0

    def as_dict(self) -> dict[str, Any]:
        """For a machine."""
        return asdict(self) | {"is_needed": self.is_needed}


def held_keys() -> list[Held]:
    """Every master key that the settings hold or that wrapped keys and receipts name."""
    rings = {"content": key_ring.content(), "identity": key_ring.identity()}
    found = []
    for purpose, column in (("content", "for_bureau"), ("identity", "identity")):
        names = [key.id.hex() for key in rings[purpose]]
        found += _held(purpose, names, _by_master(column))
    peppers = [key_ring.id_of(pepper).hex() for pepper in key_ring.peppers()]
    return found + _held("pepper", peppers, _by_pepper())


def missing_keys() -> list[Held]:
    """Master keys that something rests on and that the settings do not hold."""
    return [held for held in held_keys() if not held.is_known]


def _held(purpose: str, names: list[str], counted: dict[str, int]) -> list[Held]:
    nameless = counted.pop(NAMELESS, 0)
    known = [
        # What has no name may rest on any key: it keeps every earlier one needed.
        Held(purpose, name, counted.pop(name, 0) + nameless, is_current=place == 0, is_known=True)
        for place, name in enumerate(names)
    ]
    return known + [Held(purpose, name, count, False, False) for name, count in sorted(counted.items())]


def _by_master(column: str) -> dict[str, int]:
    head = Func(
        column,
        Value(1),
        Value(envelopes.NAMED_HEAD),
        function="substring",
        template="substring(%(expressions)s)",
        output_field=BinaryField(),
    )
    rows = _living().exclude(**{column: None}).values_list(head).annotate(keys=Count("*"))
    counted: dict[str, int] = {}
    for start, keys in rows:
        name = envelopes.master_of(start)
        counted[name.hex() if name else NAMELESS] = counted.get(name.hex() if name else NAMELESS, 0) + keys
    return counted


def _by_pepper() -> dict[str, int]:
    """Receipts and PINs."""
    counted = Counter(dict(_living().values_list("pepper").annotate(keys=Count("*"))))
    counted.update(dict(ClaimPin.objects.values_list("pepper").annotate(keys=Count("*"))))
    return dict(counted)


def _living() -> QuerySet[TipKey]:
    return TipKey.objects.filter(destroyed_at=None)
