"""The reward budget of one year as a small set of accounts between which money moves, to the fen.

Debit is positive. What the finance office grants stands on `appropriation` with the sign turned round, so that the
accounts of a year add up to zero at every moment; all others but `carried` never fall below zero.
"""

from collections.abc import Mapping
from enum import StrEnum

from casework.rules.money import ZERO, Money
from workflows.rules.texts import Refused, gettext_noop, text


class Pot(StrEnum):
    """Where money of a year's budget lies."""

    APPROPRIATION = "appropriation"
    AVAILABLE = "available"
    RESERVED = "reserved"
    PAYABLE = "payable"
    ORDERED = "ordered"
    RETURNED = "returned"
    PAID = "paid"
    RECLAIM = "reclaim"
    CARRIED = "carried"


class Move(StrEnum):
    """What may be booked."""

    GRANT = "grant"
    CUT = "cut"
    RESERVE = "reserve"
    RELEASE = "release"
    OWE = "owe"
    NO_LONGER_OWE = "no_longer_owe"
    ORDER = "order"
    TAKE_BACK = "take_back"
    PAY = "pay"
    BOUNCE = "bounce"
    RETURN = "return"
    GIVE_UP_RETURNED = "give_up_returned"
    OWE_AGAIN = "owe_again"
    RECLAIM = "reclaim"
    REPAID = "repaid"


WAYS: Mapping[Move, tuple[Pot, Pot]] = {
    Move.GRANT: (Pot.APPROPRIATION, Pot.AVAILABLE),
    Move.CUT: (Pot.AVAILABLE, Pot.APPROPRIATION),
    Move.RESERVE: (Pot.AVAILABLE, Pot.RESERVED),
    Move.RELEASE: (Pot.RESERVED, Pot.AVAILABLE),
    Move.OWE: (Pot.RESERVED, Pot.PAYABLE),
    Move.NO_LONGER_OWE: (Pot.PAYABLE, Pot.RESERVED),
    Move.ORDER: (Pot.PAYABLE, Pot.ORDERED),
    Move.TAKE_BACK: (Pot.ORDERED, Pot.PAYABLE),
    Move.PAY: (Pot.ORDERED, Pot.PAID),
    Move.BOUNCE: (Pot.ORDERED, Pot.RETURNED),
    Move.RETURN: (Pot.PAID, Pot.RETURNED),
    Move.OWE_AGAIN: (Pot.RETURNED, Pot.PAYABLE),
    Move.GIVE_UP_RETURNED: (Pot.RETURNED, Pot.AVAILABLE),
    Move.RECLAIM: (Pot.PAID, Pot.RECLAIM),
    Move.REPAID: (Pot.RECLAIM, Pot.AVAILABLE),
}
MAY_BE_NEGATIVE = frozenset({Pot.APPROPRIATION, Pot.CARRIED})
# Promised and not yet with the tipster: carried into the next year, so that an approved reward can always be paid.
PROMISED = (Pot.RESERVED, Pot.PAYABLE, Pot.ORDERED, Pot.RETURNED)
Balances = Mapping[Pot, Money]


class Short(Refused):
    """An account has less than what should leave it."""


def lines_of(move: Move, amount: Money) -> dict[Pot, Money]:
    """The balanced lines of a move. Raises: ValueError unless the amount is above zero."""
    if amount <= ZERO:
        raise ValueError("only an amount above zero is moved")
    source, target = WAYS[move]
    return {source: -amount, target: amount}


def after(balances: Balances, lines: Mapping[Pot, Money]) -> dict[Pot, Money]:
    """The balances after lines were booked. Raises: Short when an account would fall below zero."""
    found = dict(balances)
    for pot, change in lines.items():
        has = found.get(pot, ZERO)
        found[pot] = has + change
        if found[pot] < ZERO and pot not in MAY_BE_NEGATIVE:
            template = gettext_noop("%(pot)s holds %(has)s, %(needed)s is needed.")
            raise Short("short", text(template, pot=pot.value, has=has.symbol(), needed=(-change).symbol()))
    return found
