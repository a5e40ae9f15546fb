"""Record what the bank did with a payment: paid once, or returned and kept for the tipster."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from casework.models import Account, LedgerEntry
from tips.errors import PayoutExists
from tips.models import PaymentLine, Payout, Reward
from tips.rewards.parts import open_parts
from tips.rewards.vouchers import issue_voucher
from tips.rules.budget import Move
from tips.selectors import reward_of_run
from tips.services.release_payment import lines_of
from tips.services.reserve_reward import book, release, waiting_money
from workflows.door.commands import Step, command
from workflows.errors import Invalid
from workflows.models import WorkItem

PAID, RETURNED = "paid", "returned"
State = PaymentLine.State


def pay_reward(
    *,
    actor: Account,
    work_item: WorkItem,
    payment: str,
    paid_on: date,
    voucher: str,
    return_ground: str = "",
    line: PaymentLine | None = None,
    key: str,
    now: datetime,
) -> PaymentLine:
    """Book the bank's answer to one payment; the task ends with the last one of the reward.

    A second payment is refused by the database, a return keeps the money for its person. Without `line` the first
    that waits is meant. The voucher names the claim number, never the case. Raises: PayoutExists, Invalid.
    Source: 医保办发〔2022〕22号; JS19 pt 8.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        reward = reward_of_run(step.run)
        waiting = {one.pk: one for one in lines_of(reward, State.RELEASED)}
        found = waiting.get(line.pk) if line else next(iter(waiting.values()), None)
        if found is None:
            raise PayoutExists
        line = found
        if Payout.objects.filter(reward=reward, round=line.round, person=line.person).exists():
            raise PayoutExists
        if payment == PAID:
            _check_voucher(voucher)
            payout = _pay(line, actor, paid_on, voucher, now)
            issue_voucher(step, line, payout)
            step.record("reward_paid", run=step.run, amount=str(line.amount), voucher=voucher)
        else:
            _book(line, Move.BOUNCE, actor, paid_on, voucher, now)
            step.record("payment_returned", run=step.run, batch=line.batch.number, ground=return_ground)
        line.state = State.PAID if payment == PAID else State.RETURNED
        line.return_ground, line.changed_at = return_ground, now
        line.save(update_fields=["state", "return_ground", "changed_at"])
        if len(waiting) == 1:
            rest = open_parts(reward)
            step.complete(payment=RETURNED if rest else PAID)
            if not rest:
                _give_others_their_rest(step, reward)
    return line


def _give_others_their_rest(step: Step, reward: Reward) -> None:
    """A rise may have set aside more than the last persons get: who was paid before has a round of their own.

    It begins when this run has ended (`tips.rewards.rounds`).
    """
    reward.refresh_from_db()
    if waiting_money(reward):
        release(reward, actor=step.actor, now=step.now)
        reward.rest_since = step.now
        reward.save(update_fields=["rest_since"])


def _pay(line: PaymentLine, actor: Account, paid_on: date, voucher: str, now: datetime) -> Payout:
    entry = _book(line, Move.PAY, actor, paid_on, voucher, now)
    try:
        with transaction.atomic():
            return Payout.objects.create(
                reward=line.reward,
                round=line.round,
                person=line.person,
                amount=line.amount,
                voucher=voucher,
                paid_on=paid_on,
                paid_by=actor,
                recorded_at=now,
                entry=entry,
            )
    except IntegrityError:
        _check_voucher(voucher)  # another payment took it since it was checked
        raise


def _book(
    line: PaymentLine, move: Move, actor: Account, on: date, voucher: str, now: datetime
) -> LedgerEntry:
    facts: dict[str, Any] = {"actor": actor, "now": now, "value_date": on, "voucher": voucher}
    return book(line.reward, move, amount=line.amount, person=line.person, **facts)


def _check_voucher(voucher: str) -> None:
    if Payout.objects.filter(voucher=voucher).exists():
        sentence = _("The voucher %(voucher)s stands on another payment already.")
        raise Invalid(sentence, "voucher", voucher=voucher)
