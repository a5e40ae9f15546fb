"""立案审批表: the leader decides on filing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.documents.contexts.shared import UNSIGNED, OfficerFacts, OpinionFacts, PartyFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingTest:
    """One condition of filing and whether it is met. Source: PP 15, APL 36."""

    condition: str
    is_met: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingApproval:
    """Context of `filing_approval`.

    `origin` is a code of `words.WORDS["origin"]`; `lead_summary` never points at a tipster.
    `decision` is "file" or "refuse", empty while open; `extended_until` when the chief extended the 15 days.
    Source: PP 14, 15 (form name and the leader's signature VERIFIED-2); APL 36, 42, 54.
    """

    party: PartyFacts
    cause: str
    origin: str
    lead_received_on: date
    lead_summary: str
    verification: str
    verifiers: tuple[OfficerFacts, ...]
    suspected_articles: tuple[str, ...]
    tests: tuple[FilingTest, ...]
    proposal: OpinionFacts
    approval: OpinionFacts = UNSIGNED
    decision: str = ""
    estimated_amount: Decimal | None = None
    due_on: date | None = None
    extended_until: date | None = None
    marks: tuple[str, ...] = ()
