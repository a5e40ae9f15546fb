"""The notice to claim a reward (领取通知): by machine where one reaches the tipster, else by a person."""

from casework.documents.contexts import RewardNotice as NoticeFacts
from casework.models import Document
from casework.rules.parameters import period_parameter
from casework.services.issue_document import issue_document
from tips.models import Reward
from tips.rewards.parts import is_joint
from workflows.door.commands import Step
from workflows.models import Run
from workflows.rules.calendar import civil_date
from workflows.rules.periods import Unit

MACHINE, PERSON = "machine", "person"
BY_PERSON = "deliver_reward_notice"
KIND = "reward_notice"
UNITS_ZH = {
    Unit.HOURS: "小时",
    Unit.CALENDAR_DAYS: "日",
    Unit.WORKING_DAYS: "个工作日",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
}


def has_person_for_notices(run: Run) -> bool:
    """Whether the version of the process under which a reward runs has somebody who delivers the notice."""
    return BY_PERSON in run.definition.elements


def letter_of(reward: Reward) -> Document | None:
    """The letter that was made for what the reward pays now."""
    found = Document.objects.filter(kind=KIND, subject_kind="reward", subject_id=reward.pk).order_by("-id")
    return next((one for one in found if one.context["amount"] == str(reward.to_pay)), None)


def issue_letter(step: Step, reward: Reward) -> Document:
    """Issue 举报奖励领取通知书 within the task; one for each amount. No name and no matter stands on it."""
    found = letter_of(reward)
    if found is not None:
        return found
    bureau, assessed = reward.bureau, reward.to_pay
    assert assessed is not None, "only an approved reward comes this far"
    period = period_parameter("reward_claim", on=civil_date(step.now), region=bureau.parameters_region)
    facts = NoticeFacts(
        claim_number=reward.claim_number,
        amount=assessed,
        period=f"{period.value}{UNITS_ZH[period.period().unit]}",
        address=bureau.address,
        telephone=bureau.telephone,
        is_joint=is_joint(reward),
    )
    return issue_document(
        step,
        step.run,
        kind=KIND,
        subject=("reward", reward.pk),
        bureau=bureau,
        context=facts,
        actor=step.actor,
    )
