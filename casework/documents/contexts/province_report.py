"""案情报告: a major case is told to the superior bureau within two working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.documents.contexts.shared import PartyFacts

TRIGGERS: dict[str, str] = {
    "amount": "涉案金额达到报告标准（5万元以上）",
    "police_transfer": "案件已移送公安机关",
    "public_concern": "案件可能引起社会关注",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceReportFacts:
    """Context of `province_report`. `event` is "concluded" or "transferred"; `triggers` keys of TRIGGERS.

    The four text fields are the content that the rule demands; none may point at a tipster.
    Source: 苏医保发[2019]25号 point 9.
    """

    superior_bureau: str
    party: PartyFacts
    case_number: str
    cause: str
    event: str
    event_on: date
    due_on: date
    triggers: tuple[str, ...]
    amount_involved: Decimal
    recovery_amount: Decimal
    fine_amount: Decimal
    discovery: str
    violations: str
    outcome: str
    basis: str
    signatory: str
    contact_person: str
    contact_telephone: str
    police_authority: str = ""
    marks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.triggers or not set(self.triggers) <= set(TRIGGERS):
            raise ValueError("a report names at least one of the three triggers")

    @property
    def trigger_words(self) -> tuple[str, ...]:
        """The triggers in words."""
        return tuple(TRIGGERS[key] for key in self.triggers)
