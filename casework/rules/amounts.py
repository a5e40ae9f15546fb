"""Sums of a case: what goes back to the fund, what goes to the treasury, what counts for the review."""

from collections.abc import Iterable
from dataclasses import dataclass

from casework.rules.money import Money, total


@dataclass(frozen=True)
class CaseAmounts:
    """The two amounts of a case, kept apart: recovery to the fund account, fine to the treasury (国库)."""

    recovery: Money
    fine: Money

    @property
    def review_amount(self) -> Money:
        """The sum that decides on the legal review: recovery and fine together (含合计, GD-L)."""
        return self.recovery + self.fine


def recovery_amount(losses: Iterable[Money], already_refused_or_returned: Iterable[Money] = ()) -> Money:
    """Return what is still to be recovered: the confirmed losses less what the fund already got back.

    Nothing is recovered twice (DM 38: agreement measures and penalties share one recovered amount), so the
    result is never below 0.00.
    """
    open_amount = total(losses) - total(already_refused_or_returned)
    return max(open_amount, Money.yuan(0))
