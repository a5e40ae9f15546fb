"""Acts from legal review to execution."""

from enforcement.models.decision import PenaltyDecision
from enforcement.models.hearing import Hearing
from enforcement.models.notice import PenaltyNotice
from enforcement.models.payment import Payment
from enforcement.models.police_transfer import PoliceTransfer
from enforcement.models.review import LegalReview
from enforcement.models.statement import Statement

__all__ = [
    "Hearing",
    "LegalReview",
    "Payment",
    "PenaltyDecision",
    "PenaltyNotice",
    "PoliceTransfer",
    "Statement",
]
