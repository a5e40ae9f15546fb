"""Release payments to the bank, or send them back: by another person than the one who drew them up."""

from datetime import datetime

from casework.models import Account
from tips.models import PaymentBatch, PaymentLine, Reward
from tips.rules.budget import Move
from tips.selectors import reward_of_run
from tips.services.order_payment import Refused
from tips.services.recalculate_reward import refuse_while_checked
from tips.services.reserve_reward import book
from workflows.door.commands import command
from workflows.errors import Refusal
from workflows.models import WorkItem

RELEASED = "released"
State = PaymentLine.State


def release_payment(
    *, actor: Account, work_item: WorkItem, release: str, reasons: str = "", key: str, now: datetime
) -> list[PaymentLine]:
    """Release or send back the payments of one reward; the last one of a batch closes it.

    Raises: AmountChecked. Source: 医保办发〔2022〕22号.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        reward = reward_of_run(step.run)
        lines = lines_of(reward, State.ORDERED)
        if release == RELEASED:
            refuse_while_checked(reward)
        for line in lines:
            line.state = State.RELEASED if release == RELEASED else State.WITHDRAWN
            line.changed_at = now
            line.save(update_fields=["state", "changed_at"])
            if release == RELEASED:
                book(reward, Move.ORDER, amount=line.amount, actor=actor, now=now)
        batch = lines[0].batch
        _close(batch, actor, now)
        step.record("payment_released", run=step.run, batch=batch.number, release=release, reasons=reasons)
        step.complete(release=release)
    return lines


def release_batch(
    *, actor: Account, batch: PaymentBatch, release: str, reasons: str, key: str, now: datetime
) -> Refused:
    """Release or send back what still waits in a batch; what may not be released is named."""
    refused: Refused = []
    for line in batch.lines.filter(state=State.ORDERED).select_related("reward"):
        item = WorkItem.objects.filter(
            run=line.reward.run_id, element_id="release_payment", status=WorkItem.Status.OPEN
        ).first()
        if item is None:
            continue
        try:
            release_payment(
                actor=actor,
                work_item=item,
                release=release,
                reasons=reasons,
                key=f"{key}:{line.pk}",
                now=now,
            )
        except Refusal as refusal:
            refused.append((line.reward.claim_number, str(refusal)))
    return refused


def lines_of(reward: Reward, state: str) -> list[PaymentLine]:
    """The lines of a reward in a state, one a person, locked."""
    lines = PaymentLine.objects.select_for_update(of=("self",)).select_related(
        "batch__bureau", "reward__bureau"
    )
    return list(lines.filter(reward=reward, state=state).order_by("position"))


def _close(batch: PaymentBatch, actor: Account, now: datetime) -> None:
    held = PaymentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if held.lines.filter(state=State.ORDERED).exists():
        return
    if held.lines.filter(state=State.RELEASED).exists():
        held.released_by, held.released_at = actor, now
    else:
        held.withdrawn_at = now
    held.save(update_fields=["released_by", "released_at", "withdrawn_at"])
