"""How far a reward is, as ledger and approvals have it: what a changed amount is set against."""

from decimal import Decimal

from casework.rules.money import ZERO, Money
from casework.selectors import balances
from tips.models import PaymentLine, Reward, RewardRecalculation
from tips.rules.budget import Pot
from tips.rules.recalculation import HELD, Standing
from tips.services.book_budget import LEDGER
from workflows.models import Run

OPEN = (Run.Status.RUNNING, Run.Status.SUSPENDED)
SECOND = 2


def standing_of(reward: Reward) -> Standing:
    """The reward so far, as the ledger has it; what was drawn up for the bank counts as ordered.

    What lapsed or was given up is approved no longer: it went back to the budget. What an outcome took away is
    approved as far as that outcome left it: a later one may bring it back.
    """
    found = balances(("reward", reward.pk))
    held = {pot: Money(found.get((LEDGER, pot.value), ZERO.amount)) for pot in (*HELD, Pot.ORDERED)}
    drawn = reward.payment_lines.filter(state=PaymentLine.State.ORDERED).values_list("amount", flat=True)
    held[Pot.ORDERED] += Money(sum(drawn, Decimal("0.00")))
    paid = Money(found.get((LEDGER, Pot.PAID.value), ZERO.amount))
    is_over = reward.leading_run.status not in OPEN and not any(held.values())
    approved = paid if is_over or reward.amount is None else Money(reward.amount)
    ended = ended_by_outcome(reward)
    if ended is not None and ended.approved_after is not None:
        approved = Money(ended.approved_after)
    return Standing(approved, paid, held)


def ended_by_outcome(reward: Reward) -> RewardRecalculation | None:
    """The recalculation that left nothing to be paid and ended the run with that; none for any other reward."""
    if reward.leading_run.status != Run.Status.CANCELLED:
        return None
    last = reward.recalculations.exclude(amount=None).order_by("-id").first()
    return last if last is not None and not last.due else None


def is_forfeited(reward: Reward) -> bool:
    """Whether a part of it lapsed, was given up or refused for good: a later rise does not bring that back."""
    if reward.leading_run.status in OPEN or ended_by_outcome(reward) is not None:
        return False
    return standing_of(reward).paid < Money(reward.amount or ZERO.amount)


def is_assessed_anew(reward: Reward) -> bool:
    """Whether its round is on the way to the second approval: the sheet will rest on the new base."""
    if reward.leading_run.status not in OPEN:
        return False
    if reward.assessed_at is None:
        return True
    approved = reward.approvals.filter(step=SECOND, is_approved=True, approved_at__gte=reward.assessed_at)
    return not approved.exists()


def has_money(reward: Reward) -> bool:
    """Whether money of it waits, is on its way or was paid."""
    standing = standing_of(reward)
    return bool(standing.paid or standing.waiting or standing.held[Pot.ORDERED])
