"""Forms of the reward: choosing a PIN, claiming, giving up, and an officer's note on a forgotten PIN."""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from itertools import product
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import text_field
from casework.rules.money import Money
from tips.forms.follow import KeyedForm
from tips.forms.joint import UNKEPT
from tips.forms.pins import PIN_HELP, check_repeated, checked_pin, pin_field
from tips.rules.bank_card import is_misspelt_card
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


def _plain(value: str) -> str:
    """Nothing that the bank's programs would run or break at."""
    if not is_plain(value):
        raise forms.ValidationError(_("Write one line that does not begin with a sign such as = + - or @."))
    return value


def _identity_number(value: str) -> str:
    """Length, date and check character."""
    number = value.strip().upper()
    if not is_identity_number(number):
        raise forms.ValidationError(
            _("This is no valid identity number: compare it with your card, the last character included.")
        )
    return number


def _bare(account: str) -> str:
    return re.sub(r"[\s-]", "", account)


def _account(value: str) -> str:
    """Digits only; spaces are taken out."""
    account = _bare(value)
    if not re.fullmatch(r"[0-9]{8,30}", account):
        raise forms.ValidationError(_("Give the account number: 8 to 30 digits."))
    return account


CHECKS: Mapping[str, Callable[[str], str]] = {
    "name": _plain,
    "identity_number": _identity_number,
    "bank": _plain,
    "account": _account,
}
PAYEE_ENTRIES = tuple(CHECKS)
SLIP = _(
    "The digits of this card number do not fit together. Compare it with the card; if it is right, tick the box."
)


class ClaimForm(KeyedForm):
    """Whom the reward is paid to. Sealed; seen by the identity officer and the payer alone."""

    name = forms.CharField(label=_("Name of the account holder"), max_length=60)
    identity_number = forms.CharField(
        label=_("Identity number (公民身份号码)"), max_length=18, help_text=_("18 characters")
    )
    bank = forms.CharField(label=_("Bank and branch"), max_length=120)
    account = forms.CharField(label=_("Account number"), max_length=40)
    certain = forms.BooleanField(
        label=_("I compared the account number: it is right"),
        required=False,
        help_text=_("A passbook or an older account can look like a card number that was mistyped."),
    )
    pin = pin_field(_("PIN"), error_messages={"required": _("Type the PIN that you chose for this report.")})

    def __init__(
        self,
        *args: Any,
        asks_pin: bool = False,
        is_waived: bool = False,
        parts: Mapping[int, Money] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._parts = parts or {}
        if not asks_pin:
            del self.fields["pin"]
        elif is_waived:
            self.fields["pin"].required = False
            self.fields["pin"].help_text = _("Leave it empty if you proved who you are at the bureau.")
        for name in PAYEE_ENTRIES:
            self.fields[name].widget.attrs.update({"autocomplete": "off", "data-never-kept": True})
        asked = (*PAYEE_ENTRIES, "certain")
        for number in self._parts:
            for name in asked:
                self.fields[f"{name}_{number}"] = deepcopy(self.fields[name])
        for name in asked if self._parts else ():
            del self.fields[name]
        for end in self._ends():
            if not self._may_be_a_slip(end):
                del self.fields[f"certain{end}"]

    def _ends(self) -> list[str]:
        """How the names of each person's entries end."""
        return [f"_{number}" for number in self._parts] or [""]

    def _may_be_a_slip(self, end: str) -> bool:
        return self.is_bound and is_misspelt_card(_bare(self.data.get(f"account{end}", "")))

    def blocks(self) -> list[tuple[int, Money, list[forms.BoundField]]]:
        """Under joint names: number, part and entries of each person."""
        return [
            (number, part, [self[name] for name in self.fields if name.endswith(f"_{number}")])
            for number, part in self._parts.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Each entry by its rule, for one person as for several."""
        cleaned = super().clean() or {}
        for end, (name, check) in product(self._ends(), CHECKS.items()):
            entry = f"{name}{end}"
            try:
                if entry in cleaned:
                    cleaned[entry] = check(cleaned[entry])
            except forms.ValidationError as refused:
                self.add_error(entry, refused)
        for end in self._ends():
            if f"certain{end}" in self.fields and not cleaned.get(f"certain{end}"):
                self.add_error(f"account{end}", SLIP)
        return cleaned

    def payee(self) -> Payee | dict[int, Payee]:
        """The payee, or one a person under joint names, once the form is valid."""
        given = self.cleaned_data
        if not self._parts:
            return Payee(*(given[name] for name in PAYEE_ENTRIES))
        return {
            number: Payee(*(given[f"{name}_{number}"] for name in PAYEE_ENTRIES)) for number in self._parts
        }


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

    def clean_identity_number(self) -> str:
        """As in a claim."""
        return CHECKS["identity_number"](self.cleaned_data["identity_number"])

    def person(self) -> Person:
        """Who came, once the form is valid."""
        return Person(self.cleaned_data["name"], self.cleaned_data["identity_number"])
