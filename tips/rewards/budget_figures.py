"""The figures of the reward budget as its page shows them: claim numbers and amounts, never a matter."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from casework.rules.money import ZERO, Money, total
from tips.coming_back.steps import PublicStep
from tips.models import BudgetChange, Reward, RewardBudget
from tips.rewards.status import reward_steps
from tips.rules.budget import PROMISED, Pot
from tips.services.book_budget import balances_of, carried_of, standing_year


@dataclass(frozen=True)
class YearFigures:
    """One year of one bureau."""

    budget: RewardBudget
    granted: Money
    carried_in: Money
    carried_out: Money
    promised: Money
    paid: Money
    free: Money
    by_pot: dict[str, Money]


def figures_of(budget: RewardBudget) -> YearFigures:
    """Sums over the ledger."""
    found = balances_of(budget)
    carried_in, carried_out = carried_of(budget)
    return YearFigures(
        budget=budget,
        granted=-found.get(Pot.APPROPRIATION, ZERO),
        carried_in=carried_in,
        carried_out=carried_out,
        promised=total(found.get(pot, ZERO) for pot in PROMISED),
        paid=found.get(Pot.PAID, ZERO),
        free=found.get(Pot.AVAILABLE, ZERO),
        by_pot={pot.value: found.get(pot, ZERO) for pot in Pot},
    )


def open_changes(units: set[int]) -> QuerySet[BudgetChange]:
    """Changes of the budget, the newest first."""
    found = BudgetChange.objects.filter(budget__bureau_id__in=units)
    return found.select_related("budget__bureau", "entered_by", "decided_by").order_by("-id")


def with_money(units: set[int]) -> QuerySet[Reward]:
    """Rewards that hold money, the newest first."""
    found = Reward.objects.filter(bureau_id__in=units, budget__isnull=False)
    return found.select_related("run", "budget").order_by("-opened_at", "-pk")


def money_rows(rewards: Sequence[Reward]) -> list[tuple[Reward, PublicStep, int]]:
    """Each reward of a page with its step and the year in which its money lies."""
    steps = reward_steps(rewards)
    years = {one.held_in: 0 for one in rewards}
    years = {budget: standing_year(budget) for budget in years}
    return [(one, steps[one.pk], years[one.held_in]) for one in rewards]
