"""举报奖励审批表: how a reward was computed and who approved it. It holds no identity of a tipster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.documents.contexts.shared import UNSIGNED, OpinionFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardMatter:
    """One matter of the tip with the loss that was finally confirmed."""

    matter: str
    confirmed_amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardCondition:
    """One condition of a reward and whether it is met; `remark` with the evidence or fact that shows it."""

    condition: str
    is_met: bool
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardApproval:
    """Context of `reward_approval`.

    `claim_number` is all that finance and approvers learn of the person. `working` are the lines of the
    calculation. The second approval is the chief's.
    Source: 医保办发〔2022〕22号; 苏医保发[2019]25号 point 8 (form name RECALLED).
    """

    claim_number: str
    tip_number: str
    tip_received_on: date
    is_real_name: bool
    is_insider: bool
    decision_number: str
    decided_on: date
    matters: tuple[RewardMatter, ...]
    base_amount: Decimal
    conditions: tuple[RewardCondition, ...]
    scheme: str
    scheme_source: str
    level: str
    level_reasons: str
    working: tuple[str, ...]
    amount: Decimal
    assessment: OpinionFacts
    approval: OpinionFacts = UNSIGNED
    second_approval: OpinionFacts = UNSIGNED
    marks: tuple[str, ...] = ()
