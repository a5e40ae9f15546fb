"""Grant or change the reward budget of a year: finance enters, the chief decides, the ledger keeps both."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from casework.errors import NotFound
from casework.models import Account, Bureau, LedgerEntry
from casework.permissions import Role, require_role
from casework.rules.money import Money
from tips.errors import BudgetUsed, OwnEntry, YearClosed
from tips.models import BudgetChange
from tips.rules.budget import Move, Pot, Short
from tips.services.book_budget import balances_of, budget_for, locked, move_money
from workflows import journal
from workflows.door.transaction import one_transaction
from workflows.errors import AlreadyDone, Invalid
from workflows.rules.calendar import civil_date

ENTERS, DECIDES = (Role.FINANCE,), (Role.CHIEF,)


def enter_budget_change(
    *,
    actor: Account,
    bureau: Bureau,
    year: int,
    amount: Decimal,
    document_number: str,
    reasons: str,
    key: str,
    now: datetime,
) -> BudgetChange:
    """Enter an appropriation, a supplement or (negative) a cut; it counts when the chief has approved it.

    Raises: Repeated, NotFound, Invalid, YearClosed. Source: 医保办发〔2022〕22号 (in the department's budget).
    """
    if bureau.pk not in require_role(actor, ENTERS, now=now):
        raise NotFound
    if not amount:
        raise Invalid(_("Give an amount above or below 0."), "amount")
    this_year = civil_date(now).year
    if year not in (this_year, this_year + 1):
        raise Invalid(_("A budget is entered for this year or the next one."), "year")
    with one_transaction(key, now):
        budget = locked(budget_for(bureau, year))
        if budget.carried_at:
            raise YearClosed(year=year)
        change = BudgetChange.objects.create(
            budget=budget,
            amount=amount,
            document_number=document_number,
            reasons=reasons,
            entered_by=actor,
            entered_at=now,
        )
        _record("budget_entered", change, actor, now)
    return change


def decide_budget_change(
    *, actor: Account, change: BudgetChange, is_approved: bool, reasons: str, key: str, now: datetime
) -> BudgetChange:
    """Approve and book a change, or refuse it with reasons.

    Raises: Repeated, NotFound, OwnEntry, AlreadyDone, Invalid, BudgetUsed, YearClosed.
    """
    if change.budget.bureau_id not in require_role(actor, DECIDES, now=now):
        raise NotFound
    if change.entered_by_id == actor.pk:
        raise OwnEntry
    if not is_approved and not reasons:
        raise Invalid(_("Write why the change is refused."), "reasons")
    with one_transaction(key, now):
        budget = locked(change.budget)
        change = BudgetChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
        if change.decided_at is not None:
            raise AlreadyDone
        if is_approved and budget.carried_at:
            raise YearClosed(year=budget.year)
        change.budget = budget
        change.is_approved, change.decision_reasons = is_approved, reasons
        change.decided_by, change.decided_at = actor, now
        if is_approved:
            change.entry = _booked(change, actor, now)
        change.save()
        _record("budget_decided", change, actor, now, is_approved=is_approved)
    return change


def _booked(change: BudgetChange, actor: Account, now: datetime) -> LedgerEntry:
    budget = change.budget
    try:
        return move_money(
            budget,
            Move.GRANT if change.amount > 0 else Move.CUT,
            abs(change.amount),
            key=f"budget:{change.pk}",
            subject=("budget", budget.pk),
            text=change.document_number,
            booked_by=actor,
            now=now,
        )
    except Short:
        free = balances_of(budget).get(Pot.AVAILABLE, Money.yuan(0))
        raise BudgetUsed(year=budget.year, free=free.symbol()) from None


def _record(act: str, change: BudgetChange, actor: Account, now: datetime, **more: object) -> None:
    journal.record(
        act,
        now=now,
        actor=actor,
        subject=("budget", change.budget_id),
        year=change.budget.year,
        amount=str(change.amount),
        document=change.document_number,
        **more,
    )
