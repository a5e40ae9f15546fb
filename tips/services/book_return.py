"""Book that the bank gave a payment back after it was recorded as paid (退汇), and let it be paid anew."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from casework.models import Account
from tips.errors import NotPaid
from tips.models import PaymentLine, Payout, PayoutReturn, Reward
from tips.rewards.rounds import begin_return
from tips.rewards.standing import OPEN
from tips.rules.budget import Move
from tips.services.book_budget import bring_back
from tips.services.recalculate_reward import settle_return
from tips.services.reserve_reward import book, release
from workflows.door.commands import matter_of
from workflows.door.transaction import Act
from workflows.duties import duty_conflict
from workflows.errors import Invalid
from workflows.rules.calendar import civil_date

DUTY = "pay"
# As for recording what the bank answered first (bpmn/processes/tip_reward.bpmn, pay_reward).
EXCLUDES = [
    "assess", "approve_reward", "approve_reward_again", "handle", "verify", "confirm_identity", "record_claim",
]  # fmt: skip
State = PaymentLine.State


def book_return(
    line: PaymentLine,
    *,
    actor: Account,
    returned_on: date,
    ground: str,
    voucher: str,
    key: str,
    now: datetime,
) -> PayoutReturn:
    """Book the return of a payment that counted as paid; payment and return both stay in the books.

    The money waits for another account in a round of its own, which asks nobody to approve the amount again; while
    a round of the reward is still under way it goes back to the budget, and its own round follows that one.
    Raises: NotPaid when the payment does not stand as paid, Invalid, DutyConflict, Repeated.
    Source: 医保办发〔2022〕22号 (an approved reward is paid); how a return is booked is ours.
    """
    run = Reward.objects.select_related("run").get(pk=line.reward_id).leading_run
    with matter_of(run, actor=actor, key=f"book_return:{key}", now=now) as act:
        held = Reward.objects.select_for_update(of=("self",)).select_related("run", "tip__keys", "budget")
        reward = held.get(pk=line.reward_id)
        line = PaymentLine.objects.select_for_update(of=("self",)).select_related("batch").get(pk=line.pk)
        _take_duty(act, reward)
        payout = Payout.objects.filter(
            reward=reward, round=line.round, person=line.person, came_back=None
        ).first()
        if line.state != State.PAID or payout is None:
            raise NotPaid
        _check(payout, returned_on, voucher, now)
        lies_in = bring_back(
            payout.entry, payout.amount, reward=reward, voucher=voucher, on=returned_on, act=act
        )
        reward.budget = reward.budget or lies_in
        came_back = PayoutReturn.objects.create(
            payout=payout,
            ground=ground,
            voucher=voucher,
            returned_on=returned_on,
            recorded_by=actor,
            recorded_at=now,
        )
        line.state, line.return_ground, line.changed_at = State.RETURNED, ground, now
        line.save(update_fields=["state", "return_ground", "changed_at"])
        act.record("payment_came_back", run=reward.leading_run, batch=line.batch.number, ground=ground)
        _go_on(act, reward, payout)
    return came_back


def _take_duty(act: Act, reward: Reward) -> None:
    run = reward.leading_run
    if conflict := duty_conflict(act.actor, family_id=run.family_id, duty=DUTY, excludes=EXCLUDES):
        raise conflict
    act.hold_duty(act.actor.pk, DUTY, run=run, element_id=DUTY, excludes=EXCLUDES)
    act.flush()


def _check(payout: Payout, on: date, voucher: str, now: datetime) -> None:
    if on < payout.paid_on:
        raise Invalid(
            _("It was paid on %(day)s; it cannot have come back before."), "returned_on", day=payout.paid_on
        )
    if on > civil_date(now):
        raise Invalid(_("The day lies in the future."), "returned_on")
    if voucher == payout.voucher or PayoutReturn.objects.filter(voucher=voucher).exists():
        sentence = _("The voucher %(voucher)s stands on another booking already.")
        raise Invalid(sentence, "voucher", voucher=voucher)


def _go_on(act: Act, reward: Reward, payout: Payout) -> None:
    """Where nobody can be told and nobody can claim any more, the money stays with the budget."""
    if reward.leading_run.status in OPEN:
        book(reward, Move.GIVE_UP_RETURNED, actor=act.actor, now=act.now, amount=payout.amount)
        reward.rest_since = act.now
    elif reward.tip.keys.destroyed_at is not None:
        release(reward, actor=act.actor, now=act.now)
    elif settle_return(act, reward):
        begin_return(act, reward)
    else:
        release(reward, actor=act.actor, now=act.now)
    reward.save()
