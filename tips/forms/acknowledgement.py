"""Forms around the signed acknowledgement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tips.receipts.acknowledgement import LONGEST


class WantedForm(forms.Form):
    """Which of its files the tipster wants."""

    wanted = forms.ChoiceField(choices=[("paper", ""), ("statement", ""), ("proof", "")])


class CheckForm(forms.Form):
    """An acknowledgement to be checked: the file, or the words of it."""

    file = forms.FileField(
        label=_("The file acknowledgement.json"),
        required=False,
        widget=forms.FileInput(attrs={"class": "form-control"}),
    )
    text = forms.CharField(
        label=_("Or: its content, or the check code of the paper"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, not too long."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file and file.size > LONGEST:
            self.add_error(
                "file", _("An acknowledgement is a small file of less than 64 KB; this is another one.")
            )
        elif not file and not cleaned.get("text") and not self.errors:
            self.add_error(None, _("Choose the file, or paste its content or the check code."))
        return cleaned

    def handed_in(self) -> str:
        """What is to be checked."""
        file = self.cleaned_data.get("file")
        return file.read().decode("utf-8", "replace") if file else str(self.cleaned_data["text"])
