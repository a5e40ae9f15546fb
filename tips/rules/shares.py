"""One reward for several tipsters (联名举报): split by what they agreed, else equally, to the fen.

Source: common practice under 医保办发〔2022〕22号 (RECALLED).
"""

from collections.abc import Sequence
from decimal import Decimal

from casework.rules.money import Money
from workflows.rules.texts import Refused, gettext_noop, text

WHOLE = Decimal(100)
HUNDREDTH = Decimal("0.01")


class BadShares(Refused):
    """The shares do not make up one reward."""


def split_equally(amount: Money, people: int) -> tuple[Money, ...]:
    """Return one part for each person; fen that do not divide go to the first ones. Raises: BadShares."""
    if people < 1:
        raise BadShares("nobody_shares", text(gettext_noop("A reward is shared by at least one person.")))
    return _by_weight(amount, [Decimal(1)] * people)


def split_by_percentages(amount: Money, percentages: Sequence[Decimal]) -> tuple[Money, ...]:
    """Return the parts in the order given; they add up to the amount.

    Each part is cut to the fen, then the largest remainders get one fen more, the earlier person first among equals.
    Raises: BadShares unless percentages are above 0, have at most two places and add up to exactly 100.
    """
    for percentage in percentages:
        if not percentage.is_finite() or percentage <= 0 or percentage % HUNDREDTH:
            template = gettext_noop("“%(percentage)s” is no share; give a percentage above 0 such as 33.34.")
            raise BadShares("bad_share", text(template, percentage=percentage))
    together = sum(percentages, Decimal(0))
    if together != WHOLE:
        template = gettext_noop("The shares add up to %(together)s %%, not to 100 %%.")
        raise BadShares("shares_not_whole", text(template, together=f"{together.normalize():f}"))
    return _by_weight(amount, percentages)


def split_in_proportion(amount: Money, parts: Sequence[Money]) -> tuple[Money, ...]:
    """Return a smaller amount in proportion to parts that were to be paid before, fen as for percentages."""
    if not any(parts):
        raise BadShares("nobody_shares", text(gettext_noop("A reward is shared by at least one person.")))
    return _by_weight(amount, [part.amount for part in parts])


def _by_weight(amount: Money, weights: Sequence[Decimal]) -> tuple[Money, ...]:
    """Largest remainder in whole numbers: no division is rounded on the way."""
    if amount.fen < 0:
        raise ValueError("only an amount that is paid out is shared")
    whole = [int(weight.scaleb(2)) for weight in weights]
    together = sum(whole)
    parts = [amount.fen * weight // together for weight in whole]
    remainders = [amount.fen * weight % together for weight in whole]
    by_remainder = sorted(range(len(whole)), key=lambda place: (-remainders[place], place))
    for place in by_remainder[: amount.fen - sum(parts)]:
        parts[place] += 1
    return tuple(map(Money.from_fen, parts))
