"""Questionnaires: what is asked about a kind of target. Data that are checked before they are used; plain Python."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from workflows.rules.texts import Refused, gettext_noop, text

CHINESE, ENGLISH = "zh-hans", "en"
LANGUAGES = (CHINESE, ENGLISH)
MOST_QUESTIONS, MOST_CHOICES, LONGEST = 30, 30, 300
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
Words = dict[str, str]
"""The same words by language."""


class Kind(StrEnum):
    """What an answer is."""

    TEXT = "text"
    CHOICE = "choice"
    MANY = "many"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


WITH_CHOICES = frozenset({Kind.CHOICE, Kind.MANY})


class BadQuestionnaire(Refused):
    """The data are no questionnaire; the sentence names the question and what is wrong."""


@dataclass(frozen=True)
class Question:
    """One question; `choices` by value for kinds that choose, bounds for numbers."""

    id: str
    kind: Kind
    label: Words
    help: Words
    is_required: bool
    choices: dict[str, Words]
    least: Decimal | None
    most: Decimal | None


@dataclass(frozen=True)
class QuestionList:
    """A checked questionnaire."""

    title: Words
    questions: tuple[Question, ...]

    def as_json(self) -> dict[str, Any]:
        """The data from which `read_questions` makes the same list again."""
        return {"title": dict(self.title), "questions": [_as_json(one) for one in self.questions]}


def read_questions(data: Any) -> QuestionList:
    """A checked list. Raises: BadQuestionnaire for the first thing that is wrong."""
    whole = _fields(data, {"title", "questions"}, "-")
    title = _words(whole.get("title"), "title", needed=True)
    listed = whole.get("questions")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_QUESTIONS:
        raise _bad("-", gettext_noop("It asks between 1 and %(most)s questions."), most=MOST_QUESTIONS)
    questions = tuple(_question(one, number) for number, one in enumerate(listed, 1))
    ids = [one.id for one in questions]
    for one in ids:
        if ids.count(one) > 1:
            raise _bad(one, gettext_noop("Question “%(place)s” stands there twice."))
    return QuestionList(title, questions)


def _question(data: Any, number: int) -> Question:
    allowed = {"id", "kind", "label", "help", "required", "choices", "least", "most"}
    given = _fields(data, allowed, str(number))
    identifier = given.get("id")
    if not isinstance(identifier, str) or not _IDENTIFIER.fullmatch(identifier):
        sentence = gettext_noop("Question %(place)s needs an id of small letters, digits and underscores.")
        raise _bad(str(number), sentence)
    if given.get("kind") not in [kind.value for kind in Kind]:
        raise _bad(identifier, gettext_noop("Question “%(place)s” has no known kind."))
    kind = Kind(given["kind"])
    if not isinstance(given.get("required", False), bool):
        raise _bad(identifier, gettext_noop("Question “%(place)s”: “required” is true or false."))
    least, most = (_number(given.get(name), identifier) for name in ("least", "most"))
    if (least is not None or most is not None) and kind is not Kind.NUMBER:
        raise _bad(identifier, gettext_noop("Question “%(place)s”: only numbers have bounds."))
    if least is not None and most is not None and most < least:
        raise _bad(identifier, gettext_noop("Question “%(place)s”: the bounds are the wrong way round."))
    return Question(
        id=identifier,
        kind=kind,
        label=_words(given.get("label"), identifier, needed=True),
        help=_words(given.get("help"), identifier, needed=False),
        is_required=given.get("required", False),
        choices=_choices(given.get("choices"), kind, identifier),
        least=least,
        most=most,
    )


def _choices(data: Any, kind: Kind, place: str) -> dict[str, Words]:
    if kind not in WITH_CHOICES:
        if data not in (None, [], {}):
            raise _bad(place, gettext_noop("Question “%(place)s” offers choices, but its kind has none."))
        return {}
    if not isinstance(data, list) or not 2 <= len(data) <= MOST_CHOICES:
        sentence = gettext_noop("Question “%(place)s” offers between 2 and %(most)s choices.")
        raise _bad(place, sentence, most=MOST_CHOICES)
    found: dict[str, Words] = {}
    for one in data:
        given = _fields(one, {"value", "label"}, place)
        value = given.get("value")
        if not isinstance(value, str) or not _IDENTIFIER.fullmatch(value) or value in found:
            sentence = gettext_noop("Question “%(place)s”: every choice needs a value of its own.")
            raise _bad(place, sentence)
        found[value] = _words(given.get("label"), place, needed=True)
    return found


def _words(data: Any, place: str, *, needed: bool) -> Words:
    if data is None and not needed:
        return {}
    is_whole = isinstance(data, Mapping) and set(data) == set(LANGUAGES)
    if not is_whole or not all(isinstance(one, str) and one.strip() for one in data.values()):
        raise _bad(place, gettext_noop("“%(place)s” needs its words in Chinese and in English."))
    if any(len(one) > LONGEST or "\0" in one for one in data.values()):
        raise _bad(
            place, gettext_noop("“%(place)s” has words longer than %(most)s characters."), most=LONGEST
        )
    return {language: data[language] for language in LANGUAGES}


def _number(data: Any, place: str) -> Decimal | None:
    if data is None:
        return None
    if isinstance(data, bool) or not isinstance(data, int | str):
        raise _bad(
            place, gettext_noop("Question “%(place)s”: a bound is a whole number or a number as text.")
        )
    try:
        found = Decimal(data)
    except ArithmeticError:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > 10**12:
        raise _bad(
            place, gettext_noop("Question “%(place)s”: a bound is a whole number or a number as text.")
        )
    return found


def _fields(data: Any, allowed: set[str], place: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise _bad(place, gettext_noop("“%(place)s” is not written as names with values."))
    for name in data:
        if name not in allowed:
            raise _bad(
                place, gettext_noop("“%(place)s” says “%(name)s”, which means nothing."), name=str(name)
            )
    return data


def _bad(place: str, sentence: str, **values: Any) -> BadQuestionnaire:
    return BadQuestionnaire("bad_questionnaire", text(sentence, place=place, **values))


def _as_json(one: Question) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": one.id,
        "kind": one.kind.value,
        "label": dict(one.label),
        "required": one.is_required,
    }
    if one.help:
        written["help"] = dict(one.help)
    if one.choices:
        written["choices"] = [{"value": key, "label": dict(words)} for key, words in one.choices.items()]
    for name in ("least", "most"):
        if getattr(one, name) is not None:
            written[name] = str(getattr(one, name))
    return written
