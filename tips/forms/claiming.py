"""Forms of the reward: choosing a PIN, claiming, giving up, and an officer's note on a forgotten PIN."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import text_field
from tips.forms.follow import KeyedForm
from tips.forms.joint import UNKEPT
from tips.forms.pins import PIN_HELP, check_repeated, checked_pin, pin_field
from tips.rules.cells import is_plain
from tips.rules.identity_number import is_identity_number
from tips.services.waive_pin import Person
from tips.words import Payee


class ChoosePinForm(KeyedForm):
    """A PIN, typed twice."""

    pin = pin_field(_("PIN"), help_text=PIN_HELP)
    pin_again = pin_field(_("The same PIN again"))

    def clean_pin(self) -> str:
        """One that is not guessed at once."""
        return checked_pin(self.cleaned_data["pin"])

    def clean(self) -> dict[str, Any]:
        """The same twice."""
        cleaned = super().clean() or {}
        check_repeated(self, cleaned)
        return cleaned


class ChangePinForm(KeyedForm):
    """Another PIN, with the present one."""

    current = pin_field(_("Present PIN"))
    pin = pin_field(_("New PIN"), help_text=PIN_HELP)
    pin_again = pin_field(_("The same PIN again"))

    clean_pin = ChoosePinForm.clean_pin

    def clean(self) -> dict[str, Any]:
        """The same twice."""
        cleaned = super().clean() or {}
        check_repeated(self, cleaned)
        return cleaned


class DeclineForm(KeyedForm):
    """Giving up; with the PIN where one stands."""

    pin = pin_field(_("PIN"))

    def __init__(self, *args: Any, asks_pin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_pin:
            del self.fields["pin"]


class ClaimForm(KeyedForm):
    """Whom the reward is paid to. Sealed; seen by the identity officer and the payer alone."""

    name = forms.CharField(label=_("Name of the account holder"), max_length=60)
    identity_number = forms.CharField(
        label=_("Identity number (公民身份号码)"), max_length=18, help_text=_("18 characters")
    )
    bank = forms.CharField(label=_("Bank and branch"), max_length=120)
    account = forms.CharField(label=_("Account number"), max_length=40)
    pin = pin_field(_("PIN"), error_messages={"required": _("Type the PIN that you chose for this report.")})

    def __init__(self, *args: Any, asks_pin: bool = False, is_waived: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_pin:
            del self.fields["pin"]
        elif is_waived:
            self.fields["pin"].required = False
            self.fields["pin"].help_text = _("Leave it empty if you proved who you are at the bureau.")
        for name in ("name", "identity_number", "bank", "account"):
            self.fields[name].widget.attrs.update({"autocomplete": "off", "data-never-kept": True})

    def clean_name(self) -> str:
        """Nothing that the bank's programs would run or break at."""
        return _plain(self.cleaned_data["name"])

    def clean_bank(self) -> str:
        """The same."""
        return _plain(self.cleaned_data["bank"])

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


def _plain(value: str) -> str:
    if not is_plain(value):
        raise forms.ValidationError(_("Write one line that does not begin with a sign such as = + - or @."))
    return value


class WaivePinForm(forms.Form):
    """Who came in person, and how it was proved."""

    claim_number = forms.CharField(
        label=_("Claim number"),
        max_length=40,
        help_text=_("The person has it from the notice of the reward."),
    )
    name = forms.CharField(label=_("Name of the person"), max_length=60)
    identity_number = forms.CharField(label=_("Identity number (公民身份号码)"), max_length=18)
    reasons = text_field(
        _("How it was proved"),
        rows=3,
        help_text=_("Which papers were shown, and what the person knew. No name and no number here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "identity_number"):
            self.fields[name].widget.attrs.update({"autocomplete": "off", **UNKEPT})

    clean_identity_number = ClaimForm.clean_identity_number

    def person(self) -> Person:
        """Who came, once the form is valid."""
        return Person(self.cleaned_data["name"], self.cleaned_data["identity_number"])
