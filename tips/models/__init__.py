"""Tips, their sealed content, messages and rewards."""

from tips.models.budget import BudgetChange, RewardBudget
from tips.models.bureau_claim import BureauClaim
from tips.models.identity import IdentityOpening, IdentityRequest, TipIdentity
from tips.models.key import TipKey
from tips.models.likeness import LikenessJudgement, TipMarks
from tips.models.message import TipMessage
from tips.models.notice import AnswerDelivery, RewardNotice
from tips.models.outcome import CaseOutcome, CaseOutcomeDecision, RewardRecalculation
from tips.models.payment import PaymentBatch, PaymentLine
from tips.models.permission import (
    RewardGroupPermission,
    RewardUserPermission,
    TipGroupPermission,
    TipUserPermission,
)
from tips.models.pin import ClaimPin, PinWaiver
from tips.models.purge import PurgedObject, TipHold, TipPurge, TipPurgeApproval
from tips.models.questionnaire import Questionnaire
from tips.models.reexamination import Reexamination
from tips.models.register import RegisterEntry
from tips.models.reminder import ClaimReminder
from tips.models.request import RequestForTipster
from tips.models.reward import Payout, PayoutReturn, Reward, RewardApproval, RewardDiscussion
from tips.models.scheme import (
    RewardScheme,
    RewardSchemeVersion,
    SchemeAssignment,
    SchemeProposal,
    SchemeWithdrawal,
)
from tips.models.supervisor import SocialSupervisor
from tips.models.tip import Tip, TipFile, TipVerifier
from tips.models.upload import TipUpload
from tips.models.yearly import YearlyTipAct, YearlyTipFigures, YearlyTipReport

__all__ = [
    "AnswerDelivery",
    "BudgetChange",
    "BureauClaim",
    "CaseOutcome",
    "CaseOutcomeDecision",
    "ClaimPin",
    "ClaimReminder",
    "IdentityOpening",
    "IdentityRequest",
    "LikenessJudgement",
    "PaymentBatch",
    "PaymentLine",
    "Payout",
    "PayoutReturn",
    "PinWaiver",
    "PurgedObject",
    "Questionnaire",
    "Reexamination",
    "RegisterEntry",
    "RequestForTipster",
    "Reward",
    "RewardApproval",
    "RewardBudget",
    "RewardDiscussion",
    "RewardGroupPermission",
    "RewardNotice",
    "RewardRecalculation",
    "RewardScheme",
    "RewardSchemeVersion",
    "RewardUserPermission",
    "SchemeAssignment",
    "SchemeProposal",
    "SchemeWithdrawal",
    "SocialSupervisor",
    "Tip",
    "TipFile",
    "TipGroupPermission",
    "TipHold",
    "TipIdentity",
    "TipKey",
    "TipMarks",
    "TipMessage",
    "TipPurge",
    "TipPurgeApproval",
    "TipUpload",
    "TipUserPermission",
    "TipVerifier",
    "YearlyTipAct",
    "YearlyTipFigures",
    "YearlyTipReport",
]
