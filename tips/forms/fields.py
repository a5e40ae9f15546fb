"""A field for a person's words, which refuses in one sentence what cannot be kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tips.rules.plain_text import MOST_CHARACTERS, control_characters


class WordsField(forms.CharField):
    """Several lines of text."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)
        # One sentence of ours stands for those of the library.
        self.validators = []

    def clean(self, value: Any) -> str:
        """The words, with the ends of lines as they are kept."""
        text = str(super().clean(value)).replace("\r\n", "\n")
        if len(text) > MOST_CHARACTERS:
            sentence = _(
                "At most %(most)s characters at a time; this has %(count)s. Send it in parts, or as a file."
            )
            raise forms.ValidationError(sentence, params={"most": MOST_CHARACTERS, "count": len(text)})
        found = control_characters(text)
        if found:
            sentence = _(
                "The text holds %(count)s invisible control characters that cannot be kept. Type it anew."
            )
            raise forms.ValidationError(sentence, params={"count": found})
        return text
