"""Facts of rewards as documents need them; nothing that points at a tipster."""

from collections.abc import Sequence

from casework.document_facts import standing_findings
from casework.documents.contexts import OpinionFacts, RewardApproval, RewardCondition, RewardMatter
from enforcement.models import PenaltyDecision
from tips.models import Reward
from tips.models import RewardApproval as Approval
from tips.reward_schemes import scheme_named
from workflows.rules.calendar import civil_date

REWARD_CONDITIONS = {
    "clear_leads": "有明确的被举报对象和具体违法线索，并提供有效证据",
    "not_known_before": "举报的主要事实、证据事先未被医疗保障部门掌握",
    "found_true": "举报事项经查证属实，且造成医疗保障基金损失",
    "can_be_identified": "举报人愿意得到奖励，并提供可供核查且真实有效的身份信息、联系方式等",
    "other_conditions": "其他依法依规应予奖励的必备条件",
    "not_staff": "举报人不是医疗保障部门及其委托机构的工作人员，也不负有法定监督、报告义务",
    "not_offender": "不是违法者自行投案或者在被调查期间检举他人",
    "first_tip": "同一事实最先收到的举报",
}


def reward_matters(reward: Reward) -> tuple[RewardMatter, ...]:
    """Matters of the tip with the loss that was finally confirmed; fines are no part of it."""
    found = [finding for finding in standing_findings(reward.case) if finding.from_tip]
    return tuple(RewardMatter(matter=f.conduct, confirmed_amount=f.loss_amount) for f in found)


def reward_approval(reward: Reward, approvals: Sequence[Approval]) -> RewardApproval:
    """举报奖励审批表 with both approvals."""
    assert reward.assessed_at is not None, "only an assessed reward is approved"
    tip, decision = reward.tip, PenaltyDecision.objects.get(case=reward.case)
    signed = {approval.step: _opinion(approval) for approval in approvals}
    scheme = scheme_named(reward.scheme)
    return RewardApproval(
        claim_number=reward.claim_number,
        tip_number=tip.register_number,
        tip_received_on=civil_date(tip.received_at),
        is_real_name=tip.is_real_name,
        is_insider=reward.is_insider,
        decision_number=decision.document.number if decision.document else "",
        decided_on=civil_date(decision.decided_at),
        matters=reward_matters(reward),
        base_amount=reward.base_amount,
        conditions=tuple(
            RewardCondition(condition=words, is_met=bool(reward.conditions.get(key)))
            for key, words in REWARD_CONDITIONS.items()
        ),
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


def _opinion(approval: Approval) -> OpinionFacts:
    return OpinionFacts(
        name=str(approval.approved_by),
        words=approval.reasons or "同意",
        signed_on=civil_date(approval.approved_at),
    )
