"""The lawful range of the fine of a whole case: the ranges of its findings, added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.rules.lawful_fine import range_for
from casework.rules.money import ZERO, Money

Act = tuple[str, str, Decimal, date]


@dataclass(frozen=True)
class FineBand:
    """Least and most fine of a case, and the articles behind them."""

    fine_min: Money
    fine_max: Money
    article: str


def case_band(acts: Iterable[Act], *, judged_on: date) -> FineBand:
    """Add up the ranges of (article, party, loss, last day of the act); an article without a fine adds nothing.

    Source: REG 38–41, the law of the day of the act or a lighter one since (APL 37).
    """
    least, most, sources = ZERO, ZERO, []
    for article, party, loss, acted_on in acts:
        found = range_for(article, party, Money(loss), acted_on=acted_on, judged_on=judged_on)
        least += found.fine_min or ZERO
        most += found.fine_max or ZERO
        if found.source not in sources:
            sources.append(found.source)
    return FineBand(least, most, ", ".join(sources))
