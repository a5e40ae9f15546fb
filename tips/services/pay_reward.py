"""Pay a reward."""

from datetime import date, datetime

from casework.models import Account, LedgerAccount
from casework.services.book_entry import book_entry
from tips.errors import PayoutExists
from tips.models import Payout, Reward
from tips.selectors import reward_of_run
from workflows.door.commands import command
from workflows.models import WorkItem


def pay_reward(
    *, actor: Account, work_item: WorkItem, paid_on: date, voucher: str, key: str, now: datetime
) -> Payout:
    """Record the bank transfer and its booking together; a second one is refused by the database.

    The voucher names the claim number, never the case. Raises: PayoutExists.
    Source: 医保办发〔2022〕22号; JS19 pt 8.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        reward = reward_of_run(step.run)
        if Payout.objects.filter(reward=reward).exists():
            raise PayoutExists
        payout = _pay(reward, actor, paid_on, voucher, now)
        step.record("reward_paid", run=step.run, amount=str(payout.amount), voucher=voucher)
        step.complete()
    return payout


def _pay(reward: Reward, actor: Account, paid_on: date, voucher: str, now: datetime) -> Payout:
    entry = book_entry(
        bureau=reward.bureau,
        ledger=LedgerAccount.Ledger.REWARD,
        key=f"payout:{reward.pk}",
        subject=("reward", reward.pk),
        text=reward.claim_number,
        lines={"paid": reward.assessed_amount, "bank": -reward.assessed_amount},
        value_date=paid_on,
        voucher=voucher,
        booked_by=actor,
        now=now,
    )
    return Payout.objects.create(
        reward=reward,
        amount=reward.assessed_amount,
        voucher=voucher,
        paid_on=paid_on,
        paid_by=actor,
        recorded_at=now,
        entry=entry,
    )
