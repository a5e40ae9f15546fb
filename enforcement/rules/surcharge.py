"""The surcharge on a fine paid late (加处罚款)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.rules.money import ZERO, Money, total
from casework.rules.parameters import legal_rate
from workflows.rules.calendar import days_after
from workflows.rules.clock import Pause


@dataclass(frozen=True)
class Surcharge:
    """What is due on a day: days counted, amount, and whether the ceiling was reached."""

    days_late: int
    amount: Money
    is_capped: bool


def late_surcharge(
    fine: Money, last_day_to_pay: date, on: date, *, rests: Iterable[Pause] = (), region: str | None = None
) -> Surcharge:
    """Return the surcharge at the end of a day: 3 % of the unpaid fine a day late, at most the fine.

    `rests`: days of an administrative review or suit, which do not count.
    Source: APL 72–73, PP 55, in force since 2021-07-15.
    """
    if on <= last_day_to_pay:
        return Surcharge(0, ZERO, False)
    spans = tuple(rests)
    days = sum(
        not any(span.first <= day <= span.last for span in spans) for day in days_after(last_day_to_pay, on)
    )
    uncapped = fine.times(legal_rate("late_fine_rate", on=on, region=region) * days)
    return Surcharge(days, min(uncapped, fine), uncapped >= fine and bool(fine))


def surcharge_of_parts(
    parts: Iterable[tuple[Money, date]],
    last_day_to_pay: date,
    *,
    rests: Iterable[Pause] = (),
    region: str | None = None,
) -> Surcharge:
    """Return the surcharge of a fine in parts, each with the day on which it was paid, or today while it is open.

    Source: APL 72–73, PP 55, in force since 2021-07-15.
    """
    spans = tuple(rests)
    each = [late_surcharge(part, last_day_to_pay, on, rests=spans, region=region) for part, on in parts]
    return Surcharge(
        max((found.days_late for found in each), default=0),
        total(found.amount for found in each),
        any(found.is_capped for found in each),
    )
