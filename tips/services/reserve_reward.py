"""Promise money to an approved reward, and give back what it no longer needs."""

from datetime import datetime

from casework.models import Account
from casework.rules.money import Money
from tips.errors import BudgetShort
from tips.models import Reward, RewardBudget
from tips.rules.budget import Move, Short
from tips.services.book_budget import budget_for, free_in, move_money
from workflows.rules.calendar import civil_date


def reserve(reward: Reward, *, actor: Account, now: datetime) -> None:
    """Reserve the whole amount in the budget of this year, so that it can always be paid. Raises: BudgetShort."""
    budget = budget_for(reward.bureau, civil_date(now).year)
    try:
        _move(reward, budget, Move.RESERVE, actor, now)
    except Short:
        raise short_for(reward, now) from None
    reward.budget = budget
    reward.save(update_fields=["budget"])


def release(reward: Reward, *, actor: Account | None, now: datetime) -> None:
    """Give the reserved amount back to the budget: lapsed, given up, refused, or to be approved anew."""
    if reward.budget is not None:
        _move(reward, reward.budget, Move.RELEASE, actor, now)
        reward.budget = None
        reward.save(update_fields=["budget"])


def owe(reward: Reward, *, actor: Account, now: datetime) -> None:
    """Set the reserved amount aside for whoever was confirmed; from here on it waits for the bank."""
    if reward.budget is not None:
        _move(reward, reward.budget, Move.OWE, actor, now)


def short_for(reward: Reward, now: datetime) -> BudgetShort:
    """The refusal with both figures and whom to ask."""
    year = civil_date(now).year
    free = free_in(reward.bureau, year)
    return BudgetShort(year=year, free=free.symbol(), amount=Money(reward.assessed_amount).symbol())


def _move(reward: Reward, budget: RewardBudget, move: Move, actor: Account | None, now: datetime) -> None:
    count = reward.approvals.filter(step=2, is_approved=True).count()
    move_money(
        budget,
        move,
        reward.assessed_amount,
        key=f"{move.value}:{reward.pk}:{count}",
        subject=("reward", reward.pk),
        text=reward.claim_number,
        booked_by=actor,
        now=now,
    )
