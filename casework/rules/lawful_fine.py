"""Whether a fine is lawful: inside the range of its law, and by the lighter of two laws (从旧兼从轻)."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from casework.rules.money import ZERO, Money
from casework.rules.penalty_file import versions_of
from casework.rules.penalty_range import PenaltyRange, penalty_range
from workflows.rules.texts import Text, gettext_noop, text


class FineRange(Protocol):
    """The range of one article or of a whole case; None where there is no fine."""

    @property
    def article(self) -> str:
        """Where the range stands."""

    @property
    def fine_min(self) -> Money | None:
        """The lowest lawful fine."""

    @property
    def fine_max(self) -> Money | None:
        """The highest lawful fine."""


def fine_obstacles(fine: Money, allowed: FineRange, *, mitigation_ground: str = "") -> tuple[Text, ...]:
    """Return what is wrong with a fine for its range; empty when it may be imposed.

    Below the range only with a written ground for mitigation (减轻); never above it.
    Source: the article of the range; APL 33 (32 RECALLED), in force since 2021-07-15.
    """
    if allowed.fine_min is None or allowed.fine_max is None:
        if fine == ZERO:
            return ()
        return (text(gettext_noop("Article %(article)s has no fine."), article=allowed.article),)
    if fine > allowed.fine_max:
        template = gettext_noop("The fine of %(fine)s is above the highest lawful fine of %(highest)s.")
        return (text(template, fine=fine.symbol(), highest=allowed.fine_max.symbol()),)
    if fine < allowed.fine_min and not mitigation_ground.strip():
        template = gettext_noop(
            "The fine of %(fine)s is below the lowest lawful fine of %(lowest)s: "
            "give the ground for mitigation."
        )
        return (text(template, fine=fine.symbol(), lowest=allowed.fine_min.symbol()),)
    return ()


def range_for(article: str, party: str, loss: Money, *, acted_on: date, judged_on: date) -> PenaltyRange:
    """Return the range for conduct on a day that is judged on a later one: the lighter law of both.

    Raises: NoSuchArticle, WrongParty, ActNotInForce. Source: APL 37, in force since 2021-07-15.
    """
    first = penalty_range(article, party, loss, on=acted_on)
    changes = [
        version.in_force_from
        for version in versions_of(first.article)
        if acted_on < version.in_force_from <= judged_on and party in version.parties
    ]
    return lighter_range([first, *(penalty_range(article, party, loss, on=day) for day in changes)])


def lighter_range(ranges: Iterable[PenaltyRange]) -> PenaltyRange:
    """Return the range that applies: first the law of the day of the act, then later ones if lighter.

    An equal later law does not replace the earlier. Source: APL 37, in force since 2021-07-15.
    """
    chosen, *later = ranges
    for other in later:
        if _weight(other) < _weight(chosen):
            chosen = other
    return chosen


def _weight(allowed: PenaltyRange) -> tuple[Money, Money]:
    return allowed.fine_max or ZERO, allowed.fine_min or ZERO
