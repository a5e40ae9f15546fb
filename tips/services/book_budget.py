"""Move money inside the reward budget of a year: one balanced entry each, never below zero."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from casework.models import Account, Bureau, LedgerAccount, LedgerEntry, LedgerLine
from casework.rules.money import ZERO, Money
from casework.services.book_entry import book_entry
from tips.models import Reward, RewardBudget
from tips.rules.budget import Move, Pot, after, lines_of
from workflows.door.transaction import Act
from workflows.rules.calendar import civil_date

LEDGER = LedgerAccount.Ledger.REWARD
Subject = tuple[str, int]


def balances_of(budget: RewardBudget) -> dict[Pot, Money]:
    """What lies where, over all entries of the year."""
    rows = _lines_of(budget).values_list("account__code").annotate(total=Sum("amount"))
    return {Pot(code): Money(total) for code, total in rows}


def carried_of(budget: RewardBudget) -> tuple[Money, Money]:
    """What came from the year before, and what went over into the next one; the balance alone would net them."""
    lines = _lines_of(budget).filter(account__code=Pot.CARRIED)
    sums = lines.aggregate(
        into=Sum("amount", filter=Q(amount__lt=0)), out=Sum("amount", filter=Q(amount__gt=0))
    )
    return -Money(sums["into"] or ZERO.amount), Money(sums["out"] or ZERO.amount)


def _lines_of(budget: RewardBudget) -> QuerySet[LedgerLine]:
    return LedgerLine.objects.filter(
        account__bureau_id=budget.bureau_id, account__ledger=LEDGER, account__year=budget.year
    )


def budget_for(bureau: Bureau, year: int) -> RewardBudget:
    """The budget of a year, made on first use."""
    return RewardBudget.objects.get_or_create(bureau=bureau, year=year)[0]


def locked(budget: RewardBudget) -> RewardBudget:
    """The budget's row, locked; families are locked before it, and an earlier year before a later one."""
    return RewardBudget.objects.select_for_update(of=("self",)).select_related("bureau").get(pk=budget.pk)


def standing(budget: RewardBudget) -> RewardBudget:
    """The budget, locked, in which money of this one lies today: itself, or the year into which it was carried."""
    held = locked(budget)
    while held.carried_at:
        held = locked(budget_for(held.bureau, held.year + 1))
    return held


def standing_year(budget: RewardBudget) -> int:
    """The year in whose budget the money lies today; for pages, nothing is locked."""
    found: RewardBudget | None = budget
    while found is not None and found.carried_at:
        budget, found = (
            found,
            RewardBudget.objects.filter(bureau=found.bureau_id, year=found.year + 1).first(),
        )
    return found.year if found else budget.year + 1


def move_money(
    budget: RewardBudget,
    move: Move,
    amount: Decimal,
    *,
    key: str,
    subject: Subject,
    text: str,
    booked_by: Account | None,
    now: datetime,
    value_date: date | None = None,
    voucher: str = "",
) -> LedgerEntry:
    """Book one move, under the lock of the year. Raises: Short, AlreadyBooked.

    Source: 医保办发〔2022〕22号 (rewards are in the department's budget); the accounts are our design.
    """
    return book_lines(
        budget,
        lines_of(move, Money(amount)),
        key=key,
        subject=subject,
        text=text,
        booked_by=booked_by,
        now=now,
        value_date=value_date,
        voucher=voucher,
    )


def book_lines(budget: RewardBudget, lines: Mapping[Pot, Money], **facts: Any) -> LedgerEntry:
    """Book lines where the money of a year lies today, under the lock. Raises: Short, AlreadyBooked.

    `facts`: key, subject, text, booked_by, now, and value_date and voucher where there are.
    """
    return _book_in(standing(budget), lines, **facts)


def _book_in(
    held: RewardBudget,
    lines: Mapping[Pot, Money],
    *,
    key: str,
    subject: Subject,
    text: str,
    booked_by: Account | None,
    now: datetime,
    value_date: date | None = None,
    voucher: str = "",
) -> LedgerEntry:
    after(balances_of(held), lines)
    return book_entry(
        bureau=held.bureau,
        ledger=LEDGER,
        key=key,
        subject=subject,
        text=text,
        lines={pot.value: change.amount for pot, change in lines.items()},
        value_date=value_date or civil_date(now),
        voucher=voucher,
        booked_by=booked_by,
        now=now,
        year=held.year,
    )


def bring_back(
    paid: LedgerEntry, amount: Decimal, *, reward: Reward, voucher: str, on: date, act: Act
) -> RewardBudget:
    """Book money that the bank gave back after it was paid; returns the budget in which it lies now.

    From a closed year it goes over into the present one. Raises: Short.
    """
    facts: dict[str, Any] = {
        "subject": ("reward", reward.pk),
        "text": reward.claim_number,
        "booked_by": act.actor,
    }
    facts |= {"now": act.now, "value_date": on, "voucher": voucher}
    year = paid.lines.get(account__code=Pot.PAID).account.year
    assert year is not None, "the accounts of rewards belong to a year"
    origin = locked(RewardBudget.objects.get(bureau=reward.bureau_id, year=year))
    today, key = standing(origin), f"{Move.RETURN}:{paid.key}"
    if today == origin:
        _book_in(origin, lines_of(Move.RETURN, Money(amount)), key=key, **facts)
        return origin
    back = Money(amount)
    _book_in(origin, {Pot.PAID: -back, Pot.CARRIED: back}, key=f"{key}:out", **facts)
    _book_in(today, {Pot.CARRIED: -back, Pot.RETURNED: back}, key=f"{key}:in", **facts)
    return today


def free_in(bureau: Bureau, year: int) -> Money:
    """What is left to promise in a year; nothing where no budget was entered."""
    budget = RewardBudget.objects.filter(bureau=bureau, year=year).first()
    return balances_of(budget).get(Pot.AVAILABLE, ZERO) if budget else ZERO
