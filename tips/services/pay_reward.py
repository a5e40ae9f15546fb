"""Pay a reward."""

from datetime import date, datetime

from casework.models import Account
from tips.errors import PayoutExists
from tips.models import Payout, Reward
from tips.rules.budget import Move
from tips.selectors import reward_of_run
from tips.services.book_budget import move_money
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
    entry = None
    for move, key in ((Move.ORDER, f"order:{reward.pk}"), (Move.PAY, f"payout:{reward.pk}")):
        entry = move_money(
            reward.held_in,
            move,
            reward.assessed_amount,
            key=key,
            subject=("reward", reward.pk),
            text=reward.claim_number,
            value_date=paid_on,
            voucher=voucher,
            booked_by=actor,
            now=now,
        )
    assert entry is not None
    return Payout.objects.create(
        reward=reward,
        amount=reward.assessed_amount,
        voucher=voucher,
        paid_on=paid_on,
        paid_by=actor,
        recorded_at=now,
        entry=entry,
    )
