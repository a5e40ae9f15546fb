"""Book money: balanced entries inside one ledger, each thing once."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from casework.errors import AlreadyBooked
from casework.models import Account, Bureau, LedgerAccount, LedgerEntry, LedgerLine


def book_entry(
    *,
    bureau: Bureau,
    ledger: str,
    key: str,
    subject: tuple[str, int],
    text: str,
    lines: Mapping[str, Decimal],
    value_date: date,
    booked_by: Account | None,
    now: datetime,
    voucher: str = "",
    year: int | None = None,
) -> LedgerEntry:
    """Book one entry: account code → yuan, debit positive; the sum is zero, which the database checks.

    `year`: the budget year of the accounts, where the ledger has budgets.
    Fund money, fines and rewards lie in ledgers of their own and are never netted.
    Raises: AlreadyBooked for a key that is taken. Source: REG 45; PP 53.
    """
    try:
        with transaction.atomic():
            entry = LedgerEntry.objects.create(
                key=key,
                ledger=ledger,
                subject_kind=subject[0],
                subject_id=subject[1],
                text=text[:200],
                booked_by=booked_by,
                booked_at=now,
                value_date=value_date,
                voucher=voucher,
            )
    except IntegrityError:
        raise AlreadyBooked(key=key) from None
    accounts = {code: _account(bureau, ledger, code, year) for code in lines}
    LedgerLine.objects.bulk_create(
        LedgerLine(entry=entry, account=accounts[code], amount=amount) for code, amount in lines.items()
    )
    return entry


def _account(bureau: Bureau, ledger: str, code: str, year: int | None) -> LedgerAccount:
    return LedgerAccount.objects.get_or_create(bureau=bureau, ledger=ledger, code=code, year=year)[0]
