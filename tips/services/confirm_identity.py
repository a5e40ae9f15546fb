"""Confirm that whoever claims the reward is the tipster."""

from collections.abc import Sequence
from datetime import datetime

from casework.models import Account
from tips.coming_back import messages
from tips.models import Reward
from tips.selectors import reward_of_run
from tips.services.reserve_reward import owe, release
from workflows.door.commands import Step, command
from workflows.models import WorkItem
from workflows.rules.texts import gettext_noop, text

CONFIRMED = "confirmed"
AGAIN, OVER = "again", "over"
CLAIM_CLOCKS = ("reward_claim", "reward_new_payee")


def confirm_identity(
    *,
    actor: Account,
    work_item: WorkItem,
    identity: str,
    reasons: str = "",
    refused_people: Sequence[int] = (),
    key: str,
    now: datetime,
) -> Reward:
    """Say whether identity and payee agree; the officer knows nothing of the case.

    Under joint names all are confirmed together or none; `refused_people` are numbers that the tipsters read.
    Refused within the period, the tipster may claim again; after it the money goes back to the budget. The reasons
    go sealed into the thread and nowhere else. Source: 医保办发〔2022〕22号; anonymity before the handlers is kept.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        reward = reward_of_run(step.run)
        chance = AGAIN
        if identity == CONFIRMED:
            reward.identity_confirmed_by = actor
            reward.save(update_fields=["identity_confirmed_by"])
            owe(reward, actor=actor, now=now)
        else:
            until = claim_until(reward)
            chance = AGAIN if until is None or now <= until else OVER
            who = "、".join(map(str, refused_people))
            _refuse(step, reward, f"{who}: {reasons}" if who else reasons, chance)
        step.record("identity_checked", run=step.run, identity=identity)
        step.complete(identity=identity, chance=chance)
    return reward


def claim_until(reward: Reward) -> datetime | None:
    """The end of the period in which the reward may be claimed, be it over or not.

    None where it was claimed before the notice was delivered: the period has not begun.

    After a return by the bank it is the period for another account: the first one may long be over.
    """
    clocks = reward.leading_run.clocks.filter(rule_key__in=CLAIM_CLOCKS)
    last = clocks.order_by("-due_at").first()
    return last.due_at if last else None


def _refuse(step: Step, reward: Reward, reasons: str, chance: str) -> None:
    reward.claimed_at, reward.sealed_payee = None, None
    reward.save(update_fields=["claimed_at", "sealed_payee"])
    if chance == OVER:
        release(reward, actor=step.actor, now=step.now)
        sentence = gettext_noop(
            "The reward cannot be paid: what you gave could not be confirmed, and the period for claiming is over. "
            "Reasons: %(reasons)s"
        )
    else:
        sentence = gettext_noop(
            "What you gave with your claim could not be confirmed. You can claim again until the end of the period. "
            "Reasons: %(reasons)s"
        )
    key = f"identity:{step.work_item.pk}"
    messages.post_sentence(reward.tip, text(sentence, reasons=reasons or "—"), key=key, now=step.now)
