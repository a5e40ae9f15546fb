"""Whether an intended fine is lawful: inside the range, not heavier after a statement, later lighter law."""

from collections.abc import Iterable
from dataclasses import dataclass

from casework.rules.money import ZERO, Money
from casework.rules.penalty_range import PenaltyRange
from workflows.rules.texts import Text, gettext_noop, text


@dataclass(frozen=True)
class Burden:
    """What a notice announced or a decision imposes: fine, months of suspension, other measures."""

    fine: Money
    suspension_months: int = 0
    measures: frozenset[str] = frozenset()


def fine_obstacles(fine: Money, allowed: PenaltyRange, *, mitigation_ground: str = "") -> tuple[Text, ...]:
    """Return what is wrong with a fine for its article; empty when it may be imposed.

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


def heavier_than_notice(notice: Burden, decision: Burden) -> tuple[Text, ...]:
    """Return every respect in which a decision is heavier than its notice; empty when it is not.

    After a statement, defence or hearing no penalty may become heavier. Source: PP 41, APL 45.
    """
    reasons = []
    if decision.fine > notice.fine:
        template = gettext_noop("The fine of %(fine)s is heavier than the %(announced)s of the notice.")
        reasons.append(text(template, fine=decision.fine.symbol(), announced=notice.fine.symbol()))
    if decision.suspension_months > notice.suspension_months:
        template = gettext_noop(
            "A suspension of %(months)s months is longer than the notice's %(announced)s."
        )
        reasons.append(text(template, months=decision.suspension_months, announced=notice.suspension_months))
    for measure in sorted(decision.measures - notice.measures):
        template = gettext_noop("The measure “%(measure)s” was not announced in the notice.")
        reasons.append(text(template, measure=measure))
    return tuple(reasons)


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
