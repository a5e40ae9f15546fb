"""How alike two tips are, from marks that say nothing but "equal" or "not equal". No Django."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflows.rules.texts import Text, gettext_noop, text

SKETCH = 64
EMPTY = -1
FROM = 35
"""Score from which a tip is suggested, of 100."""
ALIKE = 0.3
"""Below this share of equal values a text counts as another one."""


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What is compared: blind marks of one tip. `sketch` has 64 values, -1 where no part of the text fell."""

    place: str = ""
    conducts: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    sketch: tuple[int, ...] = ()
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Likeness:
    """Score from 0 to 100 and what speaks for it, in words."""

    score: int
    reasons: tuple[Text, ...]


def likeness(one: Marks, other: Marks) -> Likeness:
    """Whether two tips may be about the same matter; the same whichever comes first.

    An equal file weighs most, then the text, the place, and only at the same place conduct and time: everywhere
    else the same conduct is no sign.
    """
    parts = list(_parts(one, other))
    return Likeness(min(100, sum(weight for weight, _ in parts)), tuple(reason for _, reason in parts))


def _parts(one: Marks, other: Marks) -> Iterator[tuple[int, Text]]:
    same_place = bool(one.place) and one.place == other.place
    if same_place:
        yield 25, text(gettext_noop("same institution or name"))
    if files := len(one.files & other.files):
        yield 50, text(gettext_noop("%(count)s equal files"), count=files)
    if same_place and (shared := len(one.conducts & other.conducts)):
        every = len(one.conducts | other.conducts)
        sentence = gettext_noop("%(shared)s of %(every)s conducts")
        yield 20 * shared // every, text(sentence, shared=shared, every=every)
    if same_place and (months := len(one.months & other.months)):
        yield 15, text(gettext_noop("%(count)s months of the period in common"), count=months)
    alike = text_likeness(one.sketch, other.sketch)
    if alike >= ALIKE:
        yield int(60 * alike), text(gettext_noop("text %(percent)s %% alike"), percent=int(100 * alike))


def text_likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The estimated share of common parts of two texts (Jaccard), 0 to 1; 0 without texts."""
    pairs = [(a, b) for a, b in zip(one, other, strict=False) if (a, b) != (EMPTY, EMPTY)]
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0


def shingles(story: str) -> set[str]:
    """Overlapping pairs of signs, without what writing varies: spaces, marks, width, capitals."""
    letters = [sign for sign in story.casefold() if sign.isalnum()]
    return {a + b for a, b in itertools.pairwise(letters)}
