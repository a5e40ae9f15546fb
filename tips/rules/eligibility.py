"""Whether a tip is rewarded at all (奖励条件与不予奖励的情形): each point answered yes or no, the result follows.

Source: 医保办发〔2022〕22号 arts 4–6 as restated by provincial texts; the order of several tips is VERIFIED for
Beijing only, withdrawal and identity are RECALLED.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from casework.rules.parameters import Mark
from workflows.rules.texts import gettext_noop

YES, NO = "yes", "no"


class Kind(StrEnum):
    """Whether yes speaks for a reward or against it."""

    CONDITION = "condition"
    EXCLUSION = "exclusion"


@dataclass(frozen=True)
class Point:
    """One question of the checklist; `ground_zh` are the words in which a reward is refused for it."""

    key: str
    kind: Kind
    words: str
    words_zh: str
    ground_zh: str
    mark: Mark = Mark.VERIFIED

    @property
    def field(self) -> str:
        """The name of the answer's field."""
        return f"{self.kind}_{self.key}"

    def speaks_against(self, answer: str) -> bool:
        """Whether this answer rules a reward out."""
        return answer == (NO if self.kind is Kind.CONDITION else YES)


def _condition(key: str, words: str, words_zh: str, ground_zh: str, mark: Mark = Mark.VERIFIED) -> Point:
    return Point(key, Kind.CONDITION, words, words_zh, ground_zh, mark)


def _exclusion(key: str, words: str, words_zh: str, mark: Mark = Mark.VERIFIED) -> Point:
    return Point(key, Kind.EXCLUSION, words, words_zh, words_zh, mark)


POINTS: tuple[Point, ...] = (
    _condition(
        "clear_leads",
        gettext_noop("Clear target and concrete leads, with effective evidence"),
        "有明确的被举报对象和具体违法线索，并提供有效证据",
        "没有明确的被举报对象和具体违法线索，或者未提供有效证据",
    ),
    _condition(
        "not_known_before",
        gettext_noop("Main facts or evidence were not known to the bureau before"),
        "举报的主要事实、证据事先未被医疗保障部门掌握",
        "举报的主要事实、证据事先已被医疗保障部门掌握",
    ),
    _condition(
        "found_true",
        gettext_noop("Checked and found true, and the fund lost money by it"),
        "举报事项经查证属实，且造成医疗保障基金损失",
        "举报事项未经查证属实，或者未造成医疗保障基金损失",
    ),
    _condition(
        "can_be_identified",
        gettext_noop("The tipster wants the reward and can be identified when claiming it"),
        "举报人愿意得到奖励，并提供可供核查且真实有效的身份信息、联系方式等",
        "举报人不愿得到奖励，或者未提供可供核查的身份信息、联系方式",
    ),
    _condition(
        "other_conditions",
        gettext_noop("Other conditions of the law are met"),
        "其他依法依规应予奖励的必备条件",
        "不符合其他依法依规应予奖励的必备条件",
    ),
    _condition(
        "first_tip",
        gettext_noop("The first to report the matters that are credited to it"),
        "对计入本件的事项，本件举报最先收到",
        "计入本件的事项已有他人举报在先",
        Mark.SECOND_HAND,
    ),
    _exclusion(
        "staff",
        gettext_noop("Staff of the authority or its contractors, or a legal duty to report"),
        "举报人是医疗保障部门或者其委托机构的工作人员，或者负有法定监督、报告义务",
    ),
    _exclusion(
        "offender",
        gettext_noop("An offender who reports himself, or another while under investigation"),
        "违法者自行投案，或者在被调查期间检举他人",
    ),
    _exclusion(
        "withdrawn",
        gettext_noop("The tip was withdrawn before the decision"),
        "举报人在作出处理决定前撤回举报",
        Mark.RECALLED,
    ),
    _exclusion(
        "unreachable",
        gettext_noop("The identity cannot be confirmed, or the tipster cannot be reached"),
        "无法核实举报人身份，或者无法与举报人取得联系",
        Mark.RECALLED,
    ),
    _exclusion(
        "other_bar",
        gettext_noop("Another case in which the law gives no reward"),
        "其他依法依规不予奖励的情形",
    ),
)
GOOD_ANSWERS = {point.field: YES if point.kind is Kind.CONDITION else NO for point in POINTS}


@dataclass(frozen=True)
class Answer:
    """What was answered to a point, with a remark and where the evidence or fact is found."""

    answer: str = ""
    remark: str = ""
    evidence: str = ""


def grounds_against(answers: Mapping[str, Answer]) -> tuple[Point, ...]:
    """The points that rule a reward out, in the order of the law."""
    return tuple(point for point in POINTS if point.speaks_against(answers.get(point.key, Answer()).answer))


def unanswered(answers: Mapping[str, Answer]) -> tuple[Point, ...]:
    """The points that nobody has answered."""
    return tuple(point for point in POINTS if not answers.get(point.key, Answer()).answer)


def refusal_in_words(answers: Mapping[str, Answer], reasons: str) -> str:
    """The reasons that a tipster reads: the words of the law, then what the officer adds."""
    grounds = "；".join(point.ground_zh for point in grounds_against(answers))
    return "。".join(part.strip("。") for part in (grounds, reasons.strip()) if part) + "。"


def as_data(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The checklist as it is kept with the reward."""
    return {
        key: {"answer": one.answer, "remark": one.remark, "evidence": one.evidence}
        for key, one in answers.items()
        if one.answer
    }


def from_data(stored: Mapping[str, Any]) -> dict[str, Answer]:
    """The checklist of a reward; before there were answers, a tick stood for “nothing against it”."""
    found = {}
    for point in POINTS:
        kept = stored.get(point.key, stored.get(f"not_{point.key}"))
        if isinstance(kept, bool):
            good = GOOD_ANSWERS[point.field]
            found[point.key] = Answer(good if kept else {YES: NO, NO: YES}[good])
        elif kept:
            found[point.key] = Answer(**kept)
    return found
