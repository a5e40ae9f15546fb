"""The public calculator of rewards: asks for nothing that points at anybody, and keeps nothing."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field, money_field
from casework.rules.money import Money
from tips.rules.scheme_data import Scheme
from tips.schemes.faces import title_of


class CalculatorForm(forms.Form):
    """Region, what came back to the fund, about whom, by whom, when."""

    base = money_field(
        _("Money that comes back to the fund, yuan"),
        help_text=_("The loss that is found because of the report; fines are no part of it."),
    )
    scheme = forms.ChoiceField(label=_("Region"))
    target = choice_field(
        _("The report is about"),
        [("organisation", _("a hospital, pharmacy, agency or employer")), ("person", _("an insured person"))],
        initial="organisation",
    )
    insider = forms.BooleanField(label=_("The tipster works or worked there"), required=False)
    received = day_field(_("Day of the report"), help_text=_("The rules of this day apply."))

    def __init__(self, *args: Any, schemes: list[Scheme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._schemes = {scheme.key: scheme for scheme in schemes}
        self.fields["scheme"].choices = [(scheme.key, title_of(scheme)) for scheme in schemes]  # type: ignore[attr-defined]

    def asked(self) -> tuple[Scheme, Money, str, bool, date]:
        """What is to be computed."""
        entries = self.cleaned_data
        scheme = self._schemes[entries["scheme"]]
        return scheme, Money(entries["base"]), entries["target"], entries["insider"], entries["received"]
