"""What the documents are filled from: one frozen dataclass per kind, storable as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.documents.contexts.filing_approval import FilingApproval, FilingTest
from casework.documents.contexts.legal_review_opinion import LegalReviewOpinion, ReviewPoint
from casework.documents.contexts.penalty_decision import PenaltyDecision
from casework.documents.contexts.penalty_notice import PenaltyNotice
from casework.documents.contexts.province_report import ProvinceReportFacts
from casework.documents.contexts.purge_certificate import PurgeCertificate
from casework.documents.contexts.referral_letter import ReferralLetter
from casework.documents.contexts.reward_approval import RewardApproval, RewardCondition, RewardMatter
from casework.documents.contexts.reward_notice import RewardNotice
from casework.documents.contexts.reward_voucher import RewardVoucher
from casework.documents.contexts.shared import (
    AccountFacts,
    EvidenceFacts,
    OfficerFacts,
    OpinionFacts,
    PartyFacts,
    RemedyFacts,
    ViolationFacts,
)
from casework.documents.contexts.storage import from_json, to_json
from casework.documents.contexts.tip_acknowledgement import TipAcknowledgement
from casework.documents.contexts.tip_register import RegisterLine, TipRegister
from casework.documents.contexts.tip_yearly_report import ReportFigure, ReportTable, TipYearlyReport
from casework.documents.errors import UnknownKind, WrongContext

CONTEXTS: dict[str, type] = {
    "filing_approval": FilingApproval,
    "legal_review_opinion": LegalReviewOpinion,
    "penalty_notice": PenaltyNotice,
    "penalty_decision": PenaltyDecision,
    "province_report": ProvinceReportFacts,
    "referral_letter": ReferralLetter,
    "reward_approval": RewardApproval,
    "reward_notice": RewardNotice,
    "reward_voucher": RewardVoucher,
    "tip_acknowledgement": TipAcknowledgement,
    "tip_register": TipRegister,
    "tip_yearly_report": TipYearlyReport,
    "purge_certificate": PurgeCertificate,
}

__all__ = [
    "CONTEXTS",
    "AccountFacts",
    "EvidenceFacts",
    "FilingApproval",
    "FilingTest",
    "LegalReviewOpinion",
    "OfficerFacts",
    "OpinionFacts",
    "PartyFacts",
    "PenaltyDecision",
    "PenaltyNotice",
    "ProvinceReportFacts",
    "PurgeCertificate",
    "ReferralLetter",
    "RegisterLine",
    "RemedyFacts",
    "ReportFigure",
    "ReportTable",
    "ReviewPoint",
    "RewardApproval",
    "RewardCondition",
    "RewardMatter",
    "RewardNotice",
    "RewardVoucher",
    "TipAcknowledgement",
    "TipRegister",
    "TipYearlyReport",
    "ViolationFacts",
    "context_for",
    "from_json",
    "to_json",
]


def context_for(kind: str, context: Any) -> Any:
    """The context as the dataclass of its kind; a mapping is read as the stored form.

    Raises: UnknownKind, WrongContext.
    """
    if kind not in CONTEXTS:
        raise UnknownKind(f"there is no document kind {kind!r}")
    if isinstance(context, Mapping):
        return from_json(CONTEXTS[kind], context)
    if not isinstance(context, CONTEXTS[kind]):
        raise WrongContext(f"{kind} is filled from {CONTEXTS[kind].__name__}, not {type(context).__name__}")
    return context
