"""Where a scheme jumps: bounds at which one fen more of base gives less, or far more, reward.

Schemes that apply one rate to all of the base have such cliffs. They follow from the rules: shown, not smoothed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from casework.rules.money import FEN, Money
from tips.rules.reward import quote_version
from tips.rules.scheme_data import TARGETS, Scheme, SchemeVersion

ONE_FEN = Money(FEN)


@dataclass(frozen=True)
class Kind:
    """A kind of tip that a version distinguishes; None where it does not."""

    target: str | None
    level: int | None
    insider: bool


@dataclass(frozen=True)
class Step:
    """A bound with the rewards for the last base below the change and the first one after it."""

    kind: Kind
    last_below: Money
    first_above: Money
    before: Money
    after: Money

    @property
    def falls(self) -> bool:
        """Whether a greater base gives less."""
        return self.after < self.before


def kinds_of(version: SchemeVersion) -> tuple[Kind, ...]:
    """Every kind of tip for which the version can give another amount."""
    targets = TARGETS if version.needs_target else (None,)
    insiders = (False, True) if version.knows_insiders else (False,)
    return tuple(Kind(*kind) for kind in product(targets, version.levels or (None,), insiders))


def bounds_of(version: SchemeVersion, kind: Kind) -> tuple[Money, ...]:
    """The inner bounds of the table that speaks of such a tip, ascending."""
    table = next(one for one in version.tables if one.matches(kind.target, kind.level, kind.insider))
    return tuple(band.up_to for band in table.bands if band.up_to is not None)


def amount(scheme: Scheme, version: SchemeVersion, kind: Kind, base: Money) -> Money:
    """The reward of such a tip for a base."""
    facts = {"target": kind.target or TARGETS[0], "level": kind.level, "insider": kind.insider}
    return quote_version(scheme, version, base, **facts).amount  # type: ignore[arg-type]


def steps_of(scheme: Scheme, version: SchemeVersion) -> Iterator[Step]:
    """Every bound of every kind of tip, with the reward on both sides."""
    for kind in kinds_of(version):
        for bound in bounds_of(version, kind):
            below = bound if version.up_to_included else bound - ONE_FEN
            above = below + ONE_FEN
            before, after = (amount(scheme, version, kind, base) for base in (below, above))
            yield Step(kind, below, above, before, after)


def falls_of(scheme: Scheme, version: SchemeVersion) -> tuple[Step, ...]:
    """The bounds at which a greater base gives less."""
    return tuple(step for step in steps_of(scheme, version) if step.falls)
