"""Which questionnaire is asked about a target, and answers in words."""

from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from tips.models import Questionnaire
from tips.rules.questionnaire import CHINESE, Kind, Question, QuestionList, read_questions
from tips.words import TipWords

Answers = dict[str, Any]


def questionnaire_for(target_kind: str, region_code: str, day: date) -> Questionnaire | None:
    """The approved version in force: the nearest region first, then the latest that began."""
    regions = ["", *(region_code[:length] for length in (2, 4, 6) if len(region_code) >= length)]
    found = Questionnaire.objects.filter(
        target_kind=target_kind,
        region_code__in=regions,
        state=Questionnaire.State.APPROVED,
        valid_from__lte=day,
    )
    ranked = sorted(found, key=lambda one: (len(one.region_code), one.valid_from, one.version))
    return ranked[-1] if ranked else None


def questions_of(questionnaire: Questionnaire) -> QuestionList:
    """Its checked questions. Raises: BadQuestionnaire, which no stored version does."""
    return read_questions(questionnaire.content)


def in_language(words: dict[str, str]) -> str:
    """Words in the reader's language."""
    return words.get(get_language() or "", words.get(CHINESE, ""))


def answers_in_words(words: TipWords) -> list[tuple[str, str]]:
    """Question and answer as an officer reads them, from the version under which they were given."""
    if words.questionnaire is None:
        return []
    kept = Questionnaire.objects.filter(pk=words.questionnaire).first()
    if kept is None:
        return [(name, str(value)) for name, value in words.answers.items()]
    return [
        (in_language(one.label), _answer_in_words(one, words.answers[one.id]))
        for one in questions_of(kept).questions
        if one.id in words.answers
    ]


def _answer_in_words(question: Question, answer: Any) -> str:
    if question.kind is Kind.YES_NO:
        return gettext("yes") if answer == "yes" else gettext("no")
    if question.kind is Kind.CHOICE:
        return in_language(question.choices.get(answer, {CHINESE: str(answer)}))
    if question.kind is Kind.MANY:
        return "; ".join(in_language(question.choices.get(one, {CHINESE: one})) for one in answer)
    return str(answer)
