"""法制审核意见书: ten points and one of five opinions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.documents.contexts.shared import OfficerFacts, PartyFacts

POINTS: dict[str, str] = {
    "competence": "行政执法主体是否合法，是否具有管辖权",
    "officers": "行政执法人员是否具备执法资格，是否不少于两人",
    "procedure": "执法程序是否合法",
    "facts": "案件事实是否清楚，证据是否合法充分",
    "law": "适用法律、法规、规章是否准确",
    "discretion": "裁量基准运用是否适当",
    "powers": "是否超越本机关法定权限",
    "documents": "行政执法文书是否完备、规范",
    "crime": "违法行为是否涉嫌犯罪、需要移送司法机关",
    "rights": "当事人陈述、申辩、听证等权利是否得到保障，以及其他应当审核的内容",
}

OPINIONS: dict[str, str] = {
    "agree": "同意：事实清楚、证据充分、定性准确、适用依据正确、程序合法、处罚适当",
    "investigate_further": "建议继续调查或者不予作出行政处罚决定：主要事实不清、证据不足",
    "change": "建议变更：定性不准、适用依据不当或者处罚不当",
    "correct": "建议纠正：程序不合法",
    "other": "其他意见或者建议",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPoint:
    """One checked point: `key` of POINTS, `state` conforms, fails or not_applicable, words of the reviewer."""

    key: str
    state: str
    note: str = ""

    @property
    def words(self) -> str:
        """What was checked."""
        return POINTS[self.key]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalReviewOpinion:
    """Context of `legal_review_opinion`. `points` holds all ten in order; `opinion` is a key of OPINIONS.

    Source: PP 37–40; APL 58; the ten points PP 38 (nine confirmed by XN23, the tenth RECALLED).
    """

    party: PartyFacts
    case_number: str
    cause: str
    handlers: tuple[OfficerFacts, ...]
    submitted_on: date
    file_list: tuple[str, ...]
    proposed_decision: str
    recovery_amount: Decimal
    fine_amount: Decimal
    points: tuple[ReviewPoint, ...]
    opinion: str
    reasons: str
    reviewer: str
    reviewer_qualification: str
    reviewed_on: date
    is_outside_reviewer: bool = False
    marks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if tuple(point.key for point in self.points) != tuple(POINTS):
            raise ValueError("the review covers the ten points, each once, in the order of the list")
        if self.opinion not in OPINIONS:
            raise ValueError(f"{self.opinion!r} is none of the five opinions")

    @property
    def opinions(self) -> tuple[tuple[bool, str], ...]:
        """The five opinions, each with whether it was given."""
        return tuple((key == self.opinion, words) for key, words in OPINIONS.items())

    @property
    def opinion_words(self) -> str:
        """The opinion given, in words."""
        return OPINIONS[self.opinion]
