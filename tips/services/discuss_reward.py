"""Record the collective discussion of a large reward."""

from datetime import date, datetime

from casework.models import Account
from tips.models import Reward, RewardDiscussion
from tips.selectors import reward_of_run
from workflows.door.commands import command
from workflows.models import WorkItem

AGREED = "agreed"


def discuss_reward(
    *,
    actor: Account,
    work_item: WorkItem,
    held_on: date,
    participants: str,
    opinions: str,
    discussion_result: str,
    key: str,
    now: datetime,
) -> Reward:
    """Keep who took part, what they said and what was decided; only an agreed reward comes to the chief.

    Source: local rule on large rewards (RECALLED); modelled on PP 44.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        reward = reward_of_run(step.run)
        RewardDiscussion.objects.create(
            reward=reward,
            held_on=held_on,
            participants=participants,
            opinions=opinions,
            is_agreed=discussion_result == AGREED,
            amount=reward.assessed_amount,
            recorded_by=actor,
            recorded_at=now,
        )
        step.record("reward_discussed", run=step.run, result=discussion_result)
        step.complete(discussion_result=discussion_result)
    return reward
