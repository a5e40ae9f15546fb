"""Sentences of the rules in the reader's language, and a rule's "no" as a refusal of a form's field."""

from collections.abc import Iterable

from django.utils.translation import gettext

from workflows.errors import Invalid
from workflows.rules.texts import Refused, Text


def in_words(sentence: Text) -> str:
    """One sentence in the active language."""
    return sentence.render(gettext)


def all_in_words(sentences: Iterable[Text]) -> list[str]:
    """Several sentences in the active language."""
    return [in_words(sentence) for sentence in sentences]


def invalid(refused: Refused, field: str) -> Invalid:
    """A rule's refusal, placed beside the field that caused it."""
    return Invalid(in_words(refused.text).replace("%", "%%"), field=field)
