"""Entries for a PIN: hidden while typed, kept by no browser, typed twice."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tips.forms.joint import UNKEPT
from tips.rules import pin as pin_rules

PIN_HELP = _("6 to 12 digits, or a phrase of at least 10 letters and signs.")


class PinInput(forms.PasswordInput):
    """A PIN: hidden while it is typed, kept by no browser."""

    def __init__(self, *, keeps: bool = False) -> None:
        super().__init__(attrs={"autocomplete": "off", "spellcheck": "false", **UNKEPT}, render_value=keeps)


def pin_field(label: Any, **more: Any) -> forms.CharField:
    """An entry for a PIN."""
    more = {"widget": PinInput(), **more}
    return forms.CharField(label=label, max_length=200, strip=True, **more)


def checked_pin(typed: str) -> str:
    """A PIN that may be used. Raises: ValidationError with the sentence."""
    try:
        return pin_rules.checked(typed)
    except pin_rules.WeakPin as refusal:
        raise forms.ValidationError(refusal.text.render(gettext)) from refusal


def check_repeated(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """Both entries must be the same PIN: nobody can look up one that was mistyped."""
    first, second = cleaned.get("pin") or "", cleaned.get("pin_again") or ""
    if "pin" not in form.errors and pin_rules.normalised(first) != pin_rules.normalised(second):
        form.add_error("pin_again", _("The two entries differ. Type the same PIN twice."))
