"""The lawful range of the fine of a whole case: the ranges of its findings, added up."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from casework.rules.money import Money
from casework.rules.penalty_range import penalty_range

Act = tuple[str, str, Decimal, date]


def case_band(acts: Iterable[Act]) -> tuple[Decimal, Decimal, str]:
    """Least and most fine in yuan with its sources, from (article, party, loss, last day of the act).

    An article without a fine adds nothing. Source: REG 38–41, the law of the day of the act (APL 37).
    """
    least, most, sources = Decimal("0.00"), Decimal("0.00"), []
    for article, party, loss, on in acts:
        found = penalty_range(article, party, Money(loss), on=on)
        if found.fine_min is not None and found.fine_max is not None:
            least += found.fine_min.amount
            most += found.fine_max.amount
        if found.source not in sources:
            sources.append(found.source)
    return least, most, ", ".join(sources)
