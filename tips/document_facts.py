"""Facts of rewards as documents need them; nothing that points at a tipster."""

from collections.abc import Sequence

from casework.document_facts import standing_findings
from casework.documents.contexts import OpinionFacts, RewardApproval, RewardCondition, RewardMatter
from tips.models import Reward
from tips.models import RewardApproval as Approval
from tips.rewards.base import settled_by
from tips.rules.eligibility import POINTS, Answer, Kind, from_data
from tips.schemes.in_force import scheme_named
from workflows.rules.calendar import civil_date


def reward_matters(reward: Reward) -> tuple[RewardMatter, ...]:
    """Matters of the tip with the loss that was finally confirmed; fines are no part of it."""
    found = [finding for finding in standing_findings(reward.case) if finding.lead == reward.tip_id]
    if not found:  # a court settled the case before the bureau recorded findings
        return (RewardMatter(matter=reward.case.cause, confirmed_amount=reward.base_amount),)
    return tuple(RewardMatter(matter=f.conduct, confirmed_amount=f.loss_amount) for f in found)


def reward_approval(reward: Reward, approvals: Sequence[Approval]) -> RewardApproval:
    """举报奖励审批表 with both approvals."""
    assert reward.assessed_at is not None, "only an assessed reward is approved"
    tip, settled = reward.tip, settled_by(reward.case)
    assert settled is not None, "a reward follows a decision or a judgment"
    signed = {approval.step: _opinion(approval) for approval in approvals}
    scheme = scheme_named(reward.scheme)
    return RewardApproval(
        claim_number=reward.claim_number,
        tip_number=tip.register_number,
        tip_received_on=civil_date(tip.received_at),
        is_real_name=tip.is_real_name,
        is_insider=reward.is_insider,
        decision_number=settled.number,
        decided_on=settled.on,
        matters=reward_matters(reward),
        base_amount=reward.base_amount,
        conditions=_checklist(reward),
        scheme=scheme.title_zh,
        scheme_source=str(reward.working.get("source", "")),
        level=f"{'一二三'[reward.level - 1]}级" if reward.level else "",
        level_reasons=reward.level_reasons,
        working=tuple(reward.working.get("lines_zh", ())),
        amount=reward.assessed_amount,
        assessment=OpinionFacts(
            name=str(reward.assessed_by), words=reward.reasons, signed_on=civil_date(reward.assessed_at)
        ),
        approval=signed.get(1, OpinionFacts()),
        second_approval=signed.get(2, OpinionFacts()),
        marks=tuple(reward.working.get("marks", ())),
    )


def _checklist(reward: Reward) -> tuple[RewardCondition, ...]:
    """Conditions that are met and exclusions that do not apply, each with its remark and evidence."""
    answers = from_data(reward.conditions)
    lines = []
    for point in POINTS:
        given = answers.get(point.key, Answer())
        words = point.words_zh if point.kind is Kind.CONDITION else f"不属于：{point.words_zh}"
        is_met = bool(given.answer) and not point.speaks_against(given.answer)
        remark = "；".join(part for part in (given.remark, given.evidence) if part)
        lines.append(RewardCondition(condition=words, is_met=is_met, remark=remark))
    return tuple(lines)


def _opinion(approval: Approval) -> OpinionFacts:
    return OpinionFacts(
        name=str(approval.approved_by),
        words=approval.reasons or "同意",
        signed_on=civil_date(approval.approved_at),
    )
