"""Forms of a tipster who comes back with the receipt code."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tips.forms.fields import WordsField
from tips.forms.files import FilesField, too_large
from tips.rules.identity_number import is_identity_number
from tips.words import Payee


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


class ClaimForm(KeyedForm):
    """Whom the reward is paid to. Sealed; seen by the identity officer and the payer alone."""

    name = forms.CharField(label=_("Name of the account holder"), max_length=60)
    identity_number = forms.CharField(
        label=_("Identity number (公民身份号码)"), max_length=18, help_text=_("18 characters")
    )
    bank = forms.CharField(label=_("Bank and branch"), max_length=120)
    account = forms.CharField(label=_("Account number"), max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "identity_number", "bank", "account"):
            self.fields[name].widget.attrs.update({"autocomplete": "off", "data-never-kept": True})

    def clean_identity_number(self) -> str:
        """Check length, date and check character."""
        number = str(self.cleaned_data["identity_number"]).strip().upper()
        if not is_identity_number(number):
            raise forms.ValidationError(
                _("This is no valid identity number: compare it with your card, the last character included.")
            )
        return number

    def clean_account(self) -> str:
        """Digits only; spaces are taken out."""
        account = re.sub(r"[\s-]", "", str(self.cleaned_data["account"]))
        if not re.fullmatch(r"[0-9]{8,30}", account):
            raise forms.ValidationError(_("Give the account number: 8 to 30 digits."))
        return str(account)

    def payee(self) -> Payee:
        """The payee, once the form is valid."""
        given = self.cleaned_data
        return Payee(given["name"], given["identity_number"], given["bank"], given["account"])
