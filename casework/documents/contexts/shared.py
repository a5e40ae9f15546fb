"""Facts that several documents share. Amounts are Decimal in yuan; dates are civil days in Asia/Shanghai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """The party (当事人). `kind` is organisation or person.

    Source: PP 43, APL 59(1): the decision names the party and its address.
    """

    kind: str
    name: str
    identifier: str = ""
    representative: str = ""
    address: str = ""
    telephone: str = ""
    institution_code: str = ""

    @property
    def is_organisation(self) -> bool:
        """Whether the words for a body (你单位) are used."""
        return self.kind == "organisation"

    @property
    def addressed_as(self) -> str:
        """你单位 or 你."""
        return "你单位" if self.is_organisation else "你"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerFacts:
    """An officer with the number of the enforcement certificate (执法证). Source: PP 16, APL 42."""

    name: str
    certificate_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    """One item of evidence; `kind` is a code of `words.WORDS["evidence_kind"]`. Source: PP 19, APL 46."""

    kind: str
    title: str
    proves: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationFacts:
    """One established point: what was done, what it breaks, what it is punished by.

    `violated` and `punished_by` are articles in words (《医疗保障基金使用监督管理条例》第三十八条第三项).
    """

    conduct: str
    facts: str
    violated: str
    punished_by: str
    occurred_from: date
    occurred_until: date
    loss_amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """A bank account that money is paid to. Source: REG 45 and PP 53 (fund and treasury apart)."""

    holder: str
    bank: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionFacts:
    """Words that somebody signed: who, what, when; empty while the form waits for them."""

    name: str = ""
    words: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyFacts:
    """Where the party may turn to. Source: 行政复议法 20, 24; 行政诉讼法 46; APL 73."""

    review_authority: str
    court: str
    enforcing_court: str


UNSIGNED = OpinionFacts()
