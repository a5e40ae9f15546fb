"""Sentences that rules hand out: a template with values, translated only where a person reads it."""

from collections.abc import Callable
from dataclasses import dataclass


def gettext_noop(msgid: str) -> str:
    """Mark a template for the translation catalogue; rules know no language."""
    return msgid


@dataclass(frozen=True)
class Text:
    """A template in %(name)s style with its values; a value may be a Text itself."""

    msgid: str
    values: tuple[tuple[str, object], ...] = ()

    def render(self, translate: Callable[[str], str] = str) -> str:
        """Return the sentence in the language of `translate` (English without it)."""
        filled = {
            name: value.render(translate) if isinstance(value, Text) else value for name, value in self.values
        }
        template = translate(self.msgid)
        return template % filled if filled else template

    def __str__(self) -> str:
        return self.render()


def text(msgid: str, **values: object) -> Text:
    """Return a Text; give every value that the template names."""
    return Text(msgid, tuple(values.items()))


class Refused(ValueError):
    """A rule says no: `code` for machines, `text` for people."""

    def __init__(self, code: str, sentence: Text) -> None:
        super().__init__(str(sentence))
        self.code = code
        self.text = sentence
