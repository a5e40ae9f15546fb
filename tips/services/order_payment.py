"""Put confirmed rewards into a batch for the bank."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from casework.errors import NotFound
from casework.models import Account, Bureau
from casework.rules.money import Money
from tips.errors import BatchReleased, PayoutExists
from tips.models import PaymentBatch, PaymentLine
from tips.rewards.parts import open_parts, unpaid_parts
from tips.sealing.identity import payee_envelopes
from tips.selectors import reward_of_run
from tips.services.recalculate_reward import due_before_payment
from workflows.door.commands import command
from workflows.errors import Refusal
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date

Refused = list[tuple[str, str]]


def order_payment(
    *, actor: Account, work_item: WorkItem, batch: PaymentBatch | None = None, key: str, now: datetime
) -> PaymentBatch:
    """Put one confirmed reward into a batch of its bureau, a new one when none is named: a line for each person.

    Raises: PayoutExists, AmountChecked, NothingDue, BatchReleased, NotFound.
    Source: 医保办发〔2022〕22号 (paid by transfer, not by the approver).
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        reward = reward_of_run(step.run)
        if not unpaid_parts(reward):
            raise PayoutExists
        parts = open_parts(reward, Money(due_before_payment(step, reward)))
        held = _held(batch or _new_batch(reward.bureau, actor, now))
        if held.bureau_id != reward.bureau_id:
            raise NotFound
        first = (held.lines.aggregate(last=Max("position"))["last"] or 0) + 1
        envelopes = payee_envelopes(reward)
        PaymentLine.objects.bulk_create(
            PaymentLine(
                batch=held,
                position=position,
                reward=reward,
                round=reward.round,
                person=person,
                amount=part.amount,
                work_item_id=step.work_item.pk,
                sealed_payee=envelopes[person],
                changed_at=now,
            )
            for position, (person, part) in enumerate(parts.items(), first)
        )
        step.record("payment_ordered", run=step.run, batch=held.number)
        step.complete()
    return held


def make_batch(
    *, actor: Account, items: Iterable[WorkItem], key: str, now: datetime
) -> tuple[list[PaymentBatch], Refused]:
    """Put rewards into one batch for each bureau; what may not go in is named, the rest goes on.

    Each line is a command of its own: broken off half-way, the lines that are in stay in, the others wait.
    """
    batches: dict[int, PaymentBatch] = {}
    refused: Refused = []
    for item in items:
        batch = batches.get(item.unit_id)
        try:
            made = order_payment(actor=actor, work_item=item, batch=batch, key=f"{key}:{item.pk}", now=now)
        except Refusal as refusal:
            refused.append((item.run.business_key, str(refusal)))
            continue
        batches[item.unit_id] = made
    return list(batches.values()), refused


def _new_batch(bureau: Bureau, actor: Account, now: datetime) -> PaymentBatch:
    made = PaymentBatch.objects.create(
        bureau=bureau, number=f"new {actor.pk} {now.timestamp()}", made_by=actor, made_at=now
    )
    made.number = f"DF{civil_date(now).year}-{made.pk:06d}"
    made.save(update_fields=["number"])
    return made


def _held(batch: PaymentBatch) -> PaymentBatch:
    held = PaymentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if held.released_at or held.withdrawn_at:
        raise BatchReleased(number=held.number)
    return held
