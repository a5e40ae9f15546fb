"""The year's end: what is promised goes over into the next year, so that an approved reward can always be paid."""

from datetime import datetime

from casework.rules.money import Money, total
from tips.models import RewardBudget
from tips.rules.budget import PROMISED, Pot
from tips.services.book_budget import Subject, balances_of, book_lines, budget_for, locked
from workflows import journal
from workflows.door.transaction import one_transaction
from workflows.errors import Repeated
from workflows.rules.calendar import civil_date


def carry_over(now: datetime) -> int:
    """Carry every budget of an earlier year that was not carried yet; returns how many. A repeat does nothing.

    Free money stays behind: it belongs to the closed year. Source: our design (结转); local finance rules may differ.
    """
    old = RewardBudget.objects.filter(year__lt=civil_date(now).year, carried_at=None).order_by("year", "pk")
    done = 0
    for budget in old:
        try:
            with one_transaction(f"carry:{budget.pk}", now):
                _carry(locked(budget), now)
        except Repeated:
            continue
        done += 1
    return done


def _carry(budget: RewardBudget, now: datetime) -> None:
    target = budget_for(budget.bureau, budget.year + 1)
    held = {pot: amount for pot, amount in balances_of(budget).items() if pot in PROMISED and amount}
    subject: Subject = ("budget", budget.pk)
    for pot, amount in held.items():
        _book(budget, {pot: -amount, Pot.CARRIED: amount}, f"carry_out:{budget.pk}:{pot}", subject, now)
        _book(target, {Pot.CARRIED: -amount, pot: amount}, f"carry_in:{budget.pk}:{pot}", subject, now)
    RewardBudget.objects.filter(pk=budget.pk).update(carried_at=now)
    journal.record(
        "budget_carried",
        now=now,
        agent="beat",
        subject=subject,
        year=budget.year,
        amount=str(total(held.values())),
    )


def _book(budget: RewardBudget, lines: dict[Pot, Money], key: str, subject: Subject, now: datetime) -> None:
    book_lines(budget, lines, key=key, subject=subject, text=f"{budget.year}", booked_by=None, now=now)
