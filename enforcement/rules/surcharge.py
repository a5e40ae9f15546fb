"""The surcharge on a fine paid late (加处罚款)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.rules.money import ZERO, Money
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


def surcharge_is_lawful(fine: Money, surcharge: Money) -> bool:
    """Tell whether a surcharge lies between nothing and the fine itself. Source: APL 72, PP 55."""
    return ZERO <= surcharge <= fine
