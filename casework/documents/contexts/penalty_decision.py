"""行政处罚决定书: the decision and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.documents.contexts.shared import (
    AccountFacts,
    EvidenceFacts,
    PartyFacts,
    RemedyFacts,
    ViolationFacts,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyDecision:
    """Context of `penalty_decision`.

    `response` is "none", "statement" or "hearing"; `response_words` what the party said, `response_answer`
    how it was checked and treated (never a ground for a heavier penalty). `review_passed_on` and
    `discussed_on` are the legal review and the collective discussion, None where not required. It does not say
    how the case was found: that would point at a tipster.
    Source: PP 43, 53–55, 59; APL 57, 59, 66, 67, 72, 73; REG 38–41, 45; ACL 53.
    """

    party: PartyFacts
    case_number: str
    cause: str
    filed_on: date
    violations: tuple[ViolationFacts, ...]
    evidence: tuple[EvidenceFacts, ...]
    notice_number: str
    notice_served_on: date
    response: str
    discretion: str
    recovery_amount: Decimal
    fine_amount: Decimal
    fine_working: str
    measures: tuple[str, ...]
    correction: str
    fund_account: AccountFacts
    treasury_account: AccountFacts
    remedies: RemedyFacts
    response_words: str = ""
    response_answer: str = ""
    hearing_offered: bool = False
    hearing_held_on: date | None = None
    review_passed_on: date | None = None
    discussed_on: date | None = None
    payment_days: int = 15
    marks: tuple[str, ...] = ()

    @property
    def loss_amount(self) -> Decimal:
        """Sum of the losses of all points."""
        return sum((violation.loss_amount for violation in self.violations), Decimal("0.00"))

    @property
    def punished_by(self) -> tuple[str, ...]:
        """The penalty articles, each once, in the order of the points."""
        return tuple(dict.fromkeys(violation.punished_by for violation in self.violations))
