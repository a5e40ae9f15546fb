"""Files of a tip on their way into the case: which ones, and under which harmless name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import text_field
from tips.files.sentences import residue_sentence
from tips.models import TipFile


class HandOnForm(forms.Form):
    """For each file whether it goes on, and its name in the case."""

    def __init__(self, *args: Any, checked: Sequence[TipFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._checked = checked
        for number, file in enumerate(checked, start=1):
            self.fields[f"hand_on_{file.pk}"] = forms.BooleanField(
                label=_("Hand on file %(number)s") % {"number": number},
                required=False,
                help_text=residue_sentence(file.residue),
            )
            self.fields[f"name_{file.pk}"] = forms.CharField(
                label=_("Name of file %(number)s in the case") % {"number": number},
                max_length=120,
                required=False,
                initial=_("File %(number)s of the tip") % {"number": number},
            )

    def clean(self) -> dict[str, Any]:
        """A file that goes on has a name."""
        cleaned = super().clean() or {}
        for file in self._checked:
            if cleaned.get(f"hand_on_{file.pk}") and not cleaned.get(f"name_{file.pk}"):
                self.add_error(f"name_{file.pk}", _("Give a name that shows nothing of the tipster."))
        return cleaned

    def handed_on(self) -> dict[str, str]:
        """Chosen files by id with their names."""
        given = self.cleaned_data
        return {
            str(file.pk): given[f"name_{file.pk}"] for file in self._checked if given[f"hand_on_{file.pk}"]
        }


class HandOnLaterForm(HandOnForm):
    """What came after the reviewed copy was made."""

    added = text_field(
        _("What the tipster added, for the case"),
        rows=4,
        required=False,
        help_text=_(
            "In your words, without what could show who reported. Leave it empty if only files follow."
        ),
    )
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Something is handed on."""
        cleaned = super().clean()
        if not self.errors and not self.handed_on() and not cleaned.get("added"):
            raise forms.ValidationError(_("Choose a file, or write what the tipster added."))
        return cleaned
