"""Forms of a tipster who comes back with the receipt code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tips.forms.fields import WordsField
from tips.forms.files import FilesField, too_large


class KeyedForm(forms.Form):
    """A form whose second sending is recognised."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    report = forms.CharField(
        max_length=32, required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )


class LookUpForm(forms.Form):
    """The receipt code, never sent in an address."""

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=60,
        help_text=_("22 letters and digits in groups, e.g. 7K2M-…"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "fg-code-input",
                "data-never-kept": True,
            }
        ),
    )


class KeptForm(forms.Form):
    """Proof that the code was kept: its last six characters."""

    key = forms.CharField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    last = forms.CharField(
        label=_("Last six characters of your code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class MessageForm(KeyedForm):
    """A message to the bureau."""

    text = WordsField(label=_("Your message"))


class MoreFilesForm(KeyedForm):
    """Further files."""

    # django-stubs takes the field for the attribute of the same name.
    files = FilesField(label=_("Photos, videos, recordings, papers"))  # type: ignore[assignment]

    def __init__(self, *args: Any, too_large_names: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = too_large_names or []

    def clean(self) -> dict[str, Any]:
        """Name the files that were dropped while they arrived."""
        if self._too_large:
            self.errors.pop("files", None)
        for name in self._too_large:
            self.add_error("files", too_large(name))
        return super().clean() or {}
