"""Confirm that whoever claims the reward is the tipster."""

from datetime import datetime

from casework.models import Account
from tips.models import Reward
from tips.selectors import reward_of_run
from tips.services.reserve_reward import owe, release
from workflows.door.commands import command
from workflows.models import WorkItem

CONFIRMED = "confirmed"


def confirm_identity(
    *, actor: Account, work_item: WorkItem, identity: str, key: str, now: datetime
) -> Reward:
    """Say whether identity and payee agree; the officer knows nothing of the case.

    Source: 医保办发〔2022〕22号; anonymity before the handlers is kept.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        reward = reward_of_run(step.run)
        if identity == CONFIRMED:
            reward.identity_confirmed_by = actor
            reward.save(update_fields=["identity_confirmed_by"])
            owe(reward, actor=actor, now=now)
        else:
            release(reward, actor=actor, now=now)
        step.record("identity_checked", run=step.run, identity=identity)
        step.complete(identity=identity)
    return reward
