"""Blind marks of a tip: keyed hashes by which two tips can be found alike without opening either.

The key is derived from the bureau's content key for this purpose alone. Conducts and months are hashed together
with the place, so that how often a mark occurs in the register tells nothing across institutions.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from tips.models import Tip, TipFile, TipMarks
from tips.rules.derived_keys import derived
from tips.rules.likeness import EMPTY, SKETCH, Marks, shingles
from tips.sealing import key_ring
from tips.words import TipWords

LENGTH = 16
MOST_MONTHS = 120
_BITS = 40


def mark(tip: Tip, words: TipWords, *, now: datetime) -> TipMarks:
    """Keep the marks of a new tip. Nothing of the words can be read from them without the key."""
    master = key_ring.content().current
    key = _key(master.material)
    place = _place(key, tip, words)
    return TipMarks.objects.create(
        tip=tip,
        key_id=master.id.hex(),
        place=place,
        conducts=sorted(_mark(key, "conduct", place, code) for code in words.conducts),
        months=sorted(_mark(key, "month", place, month) for month in _months(words)),
        sketch=list(sketch(key, shingles(words.story))),
        made_at=now,
    )


def forget(tip: Tip) -> None:
    """Remove the marks: part of destroying what a tip holds."""
    TipMarks.objects.filter(tip=tip).delete()


def marks_of(kept: TipMarks) -> Marks:
    """As the rule compares them."""
    stored = [file for file in kept.tip.files.all() if file.state != TipFile.State.AWAITED]
    return Marks(
        place=kept.place,
        conducts=frozenset(kept.conducts),
        months=frozenset(kept.months),
        sketch=tuple(kept.sketch),
        files=frozenset(file.content_mark for file in stored) - {""},
    )


def sketch(key: bytes, parts: Iterable[str]) -> Iterator[int]:
    """64 values of a text: in each of 64 bins the least keyed hash, hashed once more and cut to 40 bits.

    One pass whatever the length (one-permutation hashing); equal texts give equal values under one key only.
    """
    least: dict[int, int] = {}
    for part in parts:
        value = int.from_bytes(hashlib.blake2b(part.encode(), key=key, digest_size=8).digest(), "big")
        place = value % SKETCH
        least[place] = min(value, least.get(place, value))
    for place in range(SKETCH):
        yield _cut(key, place, least[place]) if place in least else EMPTY


def _cut(key: bytes, place: int, value: int) -> int:
    digest = hmac.digest(key, f"sketch {place} {value}".encode(), hashlib.sha256)
    return (place << _BITS) | (int.from_bytes(digest[:8], "big") >> (64 - _BITS))


def _place(key: bytes, tip: Tip, words: TipWords) -> str:
    if tip.institution_id is not None:
        return _mark(key, "institution", str(tip.institution_id))
    name = "".join(unicodedata.normalize("NFKC", words.target_name).casefold().split())
    return _mark(key, "name", name) if name else ""


def _months(words: TipWords) -> Iterator[str]:
    first, last = words.period_from or words.period_until, words.period_until or words.period_from
    if first is None or last is None:
        return
    month, count = date(first.year, first.month, 1), 0
    while month <= last and count < MOST_MONTHS:
        yield f"{month:%Y-%m}"
        month, count = date(month.year + month.month // 12, month.month % 12 + 1, 1), count + 1


def _mark(key: bytes, *parts: str) -> str:
    return hmac.digest(key, "\0".join(parts).encode(), hashlib.sha256)[:LENGTH].hex()


def _key(material: bytes) -> bytes:
    return derived(material, b"fundguard marks 1")
