"""Book what a decision in force asks for: recovery to the fund, fine to the treasury."""

from datetime import datetime
from decimal import Decimal

from casework.models import Account, Case, LedgerAccount
from casework.services.book_entry import book_entry
from workflows.rules.calendar import civil_date

RECEIVABLE, CLAIMED = "receivable", "claimed"


def book_claims(case: Case, *, actor: Account | None, now: datetime) -> None:
    """Book both claims of a case once; payments later bring each receivable back to zero."""
    amounts = {
        LedgerAccount.Ledger.FUND: case.recovery_amount,
        LedgerAccount.Ledger.TREASURY: case.fine_amount,
    }
    for ledger, amount in amounts.items():
        if amount > 0:
            _book(case, ledger, amount, actor, now)


def _book(case: Case, ledger: str, amount: Decimal, actor: Account | None, now: datetime) -> None:
    book_entry(
        bureau=case.bureau,
        ledger=ledger,
        key=f"claim:{ledger}:{case.pk}",
        subject=("case", case.pk),
        text=case.number,
        lines={RECEIVABLE: amount, CLAIMED: -amount},
        value_date=civil_date(now),
        booked_by=actor,
        now=now,
    )
