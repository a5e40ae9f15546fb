"""Approve a reward: leader first, chief second."""

from datetime import datetime

from casework.models import Account
from casework.rules.money import Money
from casework.rules.parameters import Parameter, amount_parameter
from casework.services.issue_document import issue_document
from tips.document_facts import reward_approval
from tips.errors import AssessAnew, NothingDue
from tips.models import Reward, RewardApproval
from tips.rewards.outcomes import latest_outcome
from tips.selectors import reward_of_run
from tips.services.reserve_reward import reserve
from workflows.door.commands import Step, command
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date

APPROVED = "approved"
LEADER, CHIEF = 1, 2


def approve_reward(
    *,
    actor: Account,
    work_item: WorkItem,
    step_number: int,
    approval: str,
    reasons: str,
    key: str,
    now: datetime,
) -> Reward:
    """Approve the assessed amount, or send it back; the chief's approval issues 举报奖励审批表 with both.

    It reserves the amount in the budget of the year, so that it can always be paid. Raises: BudgetShort,
    AssessAnew when a review or suit changed the base since the assessment, NothingDue.

    Source: 医保办发〔2022〕22号; JS19 pt 8.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        reward = reward_of_run(step.run)
        if approval == APPROVED and latest_outcome(reward.case, since=reward.assessed_at):
            raise AssessAnew
        if approval == APPROVED and not (reward.to_pay or 0) > 0:
            raise NothingDue
        RewardApproval.objects.create(
            reward=reward,
            step=step_number,
            is_approved=approval == APPROVED,
            reasons=reasons,
            amount=reward.assessed_amount,
            approved_by=actor,
            approved_at=now,
        )
        if approval == APPROVED and step_number == CHIEF:
            reserve(reward, actor=actor, now=now)
            _issue(step, reward)
        step.record("reward_approval_decided", run=step.run, step=step_number, approval=approval)
        step.complete(approval=approval, **_discussion(reward, step_number, now))
    return reward


def discussion_from(reward: Reward, now: datetime) -> Parameter:
    """The amount from which a reward is discussed collectively, with its source and mark."""
    return amount_parameter(
        "reward_discussion_amount", on=civil_date(now), region=reward.bureau.parameters_region
    )


def _discussion(reward: Reward, step_number: int, now: datetime) -> dict[str, str]:
    if step_number == CHIEF:
        return {}
    is_large = Money(reward.assessed_amount) >= discussion_from(reward, now).money()
    return {"discussion": "required" if is_large else "not_required"}


def standing_approvals(reward: Reward) -> list[RewardApproval]:
    """The approvals since the last assessment: earlier ones were for another sheet."""
    since = reward.approvals.filter(approved_at__gte=reward.assessed_at).select_related("approved_by")
    return list(since.order_by("id"))


def _issue(step: Step, reward: Reward) -> None:
    issue_document(
        step,
        step.run,
        kind="reward_approval",
        subject=("reward", reward.pk),
        bureau=reward.bureau,
        context=reward_approval(reward, standing_approvals(reward)),
        actor=step.actor,
    )
