"""Book money that came in on a decision."""

from datetime import date, datetime
from decimal import Decimal

from casework.models import Account, LedgerAccount
from casework.services.book_entry import book_entry
from enforcement.errors import TooMuch, VoucherUsed
from enforcement.models import Payment, PenaltyDecision
from enforcement.recovery import tell_of_recovery
from enforcement.selectors import is_paid, open_amount, surcharge_on_fine
from workflows.door.commands import Step, command
from workflows.models import WorkItem

LEDGERS = {
    Payment.Kind.RECOVERY: LedgerAccount.Ledger.FUND,
    Payment.Kind.FINE: LedgerAccount.Ledger.TREASURY,
}


def record_payment(
    *,
    actor: Account,
    work_item: WorkItem,
    kind: str,
    amount: Decimal,
    paid_on: date,
    voucher: str,
    key: str,
    now: datetime,
) -> Payment:
    """Book one bank voucher; the work is done when fund money and fine are both paid in full.

    Fund money goes to the fund account, the fine to the treasury; never netted. Raises: TooMuch, VoucherUsed.
    Source: REG 45; PP 52–53; APL 67.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        decision = PenaltyDecision.objects.select_for_update(of=("self",)).get(case_id=step.run.subject_id)
        left = open_amount(decision, kind)
        if amount > left:
            raise TooMuch(open=f"{left:,.2f}", amount=f"{amount:,.2f}")
        if Payment.objects.filter(voucher=voucher).exists():
            raise VoucherUsed(voucher=voucher)
        payment = _book(step, decision, kind, amount, paid_on, voucher)
        late = _lateness(decision, kind, paid_on)
        step.record("payment_booked", run=step.run, kind=kind, amount=str(amount), voucher=voucher, **late)
        if kind == Payment.Kind.RECOVERY:
            tell_of_recovery(step, step.run)
        if is_paid(decision):
            step.complete(payment="paid")
    return payment


def _lateness(decision: PenaltyDecision, kind: str, paid_on: date) -> dict[str, str | int]:
    """What the journal says of a fine that came late; nothing of other money (APL 72)."""
    found = surcharge_on_fine(decision, on=paid_on)
    if kind != Payment.Kind.FINE or not found.days_late:
        return {}
    return {"days_late": found.days_late, "surcharge": str(found.amount.amount)}


def _book(
    step: Step, decision: PenaltyDecision, kind: str, amount: Decimal, paid_on: date, voucher: str
) -> Payment:
    entry = book_entry(
        bureau=decision.case.bureau,
        ledger=LEDGERS[Payment.Kind(kind)],
        key=f"payment:{voucher}",
        subject=("case", decision.case_id),
        text=f"{decision.case.number} {kind}",
        lines={"bank": amount, "receivable": -amount},
        value_date=paid_on,
        voucher=voucher,
        booked_by=step.actor,
        now=step.now,
    )
    return Payment.objects.create(
        decision=decision,
        kind=kind,
        amount=amount,
        paid_on=paid_on,
        voucher=voucher,
        entry=entry,
        recorded_by=step.actor,
        recorded_at=step.now,
    )
