"""行政处罚事先告知书: what is intended, why, and what the party may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.documents.contexts.shared import EvidenceFacts, PartyFacts, ViolationFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyNotice:
    """Context of `penalty_notice`.

    `statement_working_days` is a local value (no national number); `hearing_offered` follows the local
    thresholds; five working days to ask for the hearing are law. `is_repeated` marks a notice that
    replaces an earlier one because facts, evidence or basis changed.
    Source: PP 41; APL 44, 45, 63, 64, 85; REG 38–41.
    """

    party: PartyFacts
    case_number: str
    cause: str
    filed_on: date
    violations: tuple[ViolationFacts, ...]
    evidence: tuple[EvidenceFacts, ...]
    discretion: str
    recovery_amount: Decimal
    fine_amount: Decimal
    fine_working: str
    measures: tuple[str, ...]
    hearing_offered: bool
    contact_person: str
    contact_telephone: str
    contact_address: str
    statement_working_days: int = 3
    hearing_request_working_days: int = 5
    replaces_number: str = ""
    marks: tuple[str, ...] = ()

    @property
    def loss_amount(self) -> Decimal:
        """Sum of the losses of all points."""
        return sum((violation.loss_amount for violation in self.violations), Decimal("0.00"))

    @property
    def punished_by(self) -> tuple[str, ...]:
        """The penalty articles, each once, in the order of the points."""
        return tuple(dict.fromkeys(violation.punished_by for violation in self.violations))
