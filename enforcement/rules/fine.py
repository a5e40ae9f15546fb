"""Whether a decision is heavier than its notice (陈述申辩不加重)."""

from dataclasses import dataclass

from casework.rules.money import Money
from workflows.rules.texts import Text, gettext_noop, text


@dataclass(frozen=True)
class Burden:
    """What a notice announced or a decision imposes: fine, months of suspension, other measures."""

    fine: Money
    suspension_months: int = 0
    measures: frozenset[str] = frozenset()


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
