"""Tell a real-name tipster of the approved reward by telephone, by letter or in person."""

from dataclasses import dataclass
from datetime import date, datetime

from casework.models import Account, Document
from tips.errors import NoticeDayWrong
from tips.models import Reward, RewardNotice
from tips.rewards.notices import issue_letter
from tips.selectors import reward_of_run
from workflows.door.commands import Step, command
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date

LETTER, MISSED, REACHED = "letter", "missed", "reached"


@dataclass(frozen=True)
class Delivery:
    """One attempt: how, on which day, and whether the tipster received the notice."""

    way: str
    day: date
    is_reached: bool
    remark: str = ""


def make_letter(*, actor: Account, work_item: WorkItem, key: str, now: datetime) -> Document:
    """Issue the notice as a letter to print; the task stays open. Raises: DutyConflict, NotOffered, Repeated."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        return issue_letter(step, reward_of_run(step.run))


def deliver_notice(
    delivery: Delivery, *, actor: Account, work_item: WorkItem, key: str, now: datetime
) -> RewardNotice:
    """Note an attempt. One that reached the tipster ends the task: the claim period begins on the day of receipt.

    Raises: NoticeDayWrong for a day before the approval or after today, DutyConflict, NotOffered, Repeated.
    Source: 医保办发〔2022〕22号 (two months from receiving the notice).
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        reward = reward_of_run(step.run)
        _check_day(step, reward, delivery.day)
        notice = RewardNotice.objects.create(
            reward=reward,
            round=reward.round,
            way=delivery.way,
            is_reached=delivery.is_reached,
            day=delivery.day,
            remark=delivery.remark,
            recorded_by=actor,
            recorded_at=now,
        )
        facts = {"way": delivery.way, "day": delivery.day.isoformat()}
        if not delivery.is_reached:
            step.record("reward_notice_missed", run=step.run, **facts)
            return notice
        reward.notified_at = now
        reward.save(update_fields=["notified_at"])
        step.record("reward_notice_delivered", run=step.run, **facts)
        step.complete(notified_on=delivery.day.isoformat())
    return notice


def _check_day(step: Step, reward: Reward, day: date) -> None:
    approved = reward.approvals.filter(is_approved=True).latest("id")
    if not civil_date(approved.approved_at) <= day <= civil_date(step.now):
        raise NoticeDayWrong(day=civil_date(approved.approved_at).isoformat())
