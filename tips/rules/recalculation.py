"""A reward after a review or suit changed the confirmed amount: what is due now, and how its money follows.

The reward is computed anew by its scheme; here it is set against what was approved and what was paid.
Before anything is paid the reward follows the new amount, up and down. After a payment a fall is recorded and not
claimed back by the system, and a rise above what was approved is paid only where the bureau's parameter says so; what
an earlier fall took from the part that is not yet paid comes back when the amount rises again.
Source: ours (RECALLED); no text read says what happens after payment (docs/legal-basis.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.rules.money import ZERO, Money, total
from casework.rules.parameters import legal_flag
from tips.rules.budget import Move, Pot
from workflows.rules.texts import Refused, gettext_noop, text

# Promised and not on its way to the bank: from where a lower reward gives money back, in this order.
HELD = (Pot.RESERVED, Pot.RETURNED, Pot.PAYABLE)
FREED_BY: Mapping[Pot, tuple[Move, ...]] = {
    Pot.RESERVED: (Move.RELEASE,),
    Pot.RETURNED: (Move.GIVE_UP_RETURNED,),
    Pot.PAYABLE: (Move.NO_LONGER_OWE, Move.RELEASE),
}


class AlreadyOrdered(Refused):
    """A payment is on its way; what is due can be told when the bank has answered."""


@dataclass(frozen=True)
class Standing:
    """A reward so far: `paid` is net of what came back, `held` its money in the budget by place."""

    approved: Money
    paid: Money
    held: Mapping[Pot, Money]

    def __post_init__(self) -> None:
        if min(self.approved, self.paid, *self.held.values()) < ZERO:
            raise ValueError("what was approved, paid and held is never below zero")

    @property
    def waiting(self) -> Money:
        """What is promised and not on its way to the bank."""
        return total(self.held.get(pot, ZERO) for pot in HELD)


@dataclass(frozen=True)
class Recalculation:
    """What is due from now on; with `approved` and the moves applied, the same amount again changes nothing."""

    approved: Money
    due: Money
    overpaid: Money
    not_paid: Money
    moves: tuple[tuple[Move, Money], ...]


def pays_rises(*, on: date, region: str | None = None) -> bool:
    """Whether a rise after payment is paid. Source: the parameter `reward_rise_after_payment` (RECALLED)."""
    return legal_flag("reward_rise_after_payment", on=on, region=region)


def recalculate(standing: Standing, amount: Money, *, rises_are_paid: bool) -> Recalculation:
    """Set the reward of the newly confirmed amount against what was approved and paid.

    `due` is what is still to be paid, `overpaid` what was paid above the new amount, `not_paid` the part of a rise
    that is left unpaid because it came after a payment. The moves leave exactly `due` in the budget; they are booked
    together or not at all. Raises: AlreadyOrdered, ValueError for an amount below zero.
    """
    if amount < ZERO:
        raise ValueError("a reward is never below zero")
    if standing.held.get(Pot.ORDERED, ZERO):
        template = gettext_noop(
            "A payment of this reward was ordered. Confirm the outcome when the bank has answered, or after the order "
            "was sent back."
        )
        raise AlreadyOrdered("already_ordered", text(template))
    approved = amount if not standing.paid else standing.approved
    if rises_are_paid:
        approved = max(approved, amount)
    payable = min(amount, approved)
    due = max(ZERO, payable - standing.paid)
    return Recalculation(
        approved=approved,
        due=due,
        overpaid=max(ZERO, standing.paid - amount),
        not_paid=max(ZERO, amount - max(approved, standing.paid)),
        moves=_lower(standing, standing.waiting - due)
        if due <= standing.waiting
        else _raise(standing, due - standing.waiting),
    )


def _lower(standing: Standing, less: Money) -> tuple[tuple[Move, Money], ...]:
    """Give back what is no longer promised; what a confirmed payee waits for goes last."""
    moves: list[tuple[Move, Money]] = []
    for pot in HELD:
        part = min(less, standing.held.get(pot, ZERO))
        if part:
            moves += [(move, part) for move in FREED_BY[pot]]
            less -= part
    return tuple(moves)


def _raise(standing: Standing, more: Money) -> tuple[tuple[Move, Money], ...]:
    """Reserve the difference where the rest lies, so that it is paid with it.

    Money that the bank returned is set back among the reserved: it waits for a payee again, as it did.
    """
    moves: list[tuple[Move, Money]] = [(Move.RESERVE, more)]
    if returned := standing.held.get(Pot.RETURNED, ZERO):
        moves += [(Move.OWE_AGAIN, returned), (Move.NO_LONGER_OWE, returned)]
    elif standing.held.get(Pot.PAYABLE, ZERO) and not standing.held.get(Pot.RESERVED, ZERO):
        moves.append((Move.OWE, more))
    return tuple(moves)
