"""Forms of the reward budget."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, money_field, reasons_field, text_field
from casework.models import Bureau


class BudgetChangeForm(forms.Form):
    """An appropriation, a supplement or a cut, with the paper that says so."""

    kind = choice_field(
        _("Kind"), [("grant", _("appropriation or supplement")), ("cut", _("cut"))], initial="grant"
    )
    year = forms.TypedChoiceField(label=_("Budget year"), coerce=int)
    amount = money_field(_("Amount in yuan"))
    document_number = forms.CharField(
        label=_("Number of the document"), max_length=80, help_text=_("The budget paper or order behind it.")
    )
    reasons = text_field(_("Reasons"), rows=3)

    def __init__(self, *args: Any, bureaus: list[Bureau], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)), (year + 1, str(year + 1))]  # type: ignore[attr-defined]
        self._bureaus = bureaus
        if len(bureaus) > 1:
            choices = [(str(bureau.pk), bureau.name) for bureau in bureaus]
            self.fields["bureau"] = choice_field(_("Bureau"), choices)

    def bureau(self) -> Bureau:
        """The bureau whose budget it is."""
        chosen = self.cleaned_data.get("bureau", str(self._bureaus[0].pk))
        return next(bureau for bureau in self._bureaus if str(bureau.pk) == chosen)

    def signed(self) -> Decimal:
        """The amount, negative for a cut."""
        amount: Decimal = self.cleaned_data["amount"]
        return -amount if self.cleaned_data["kind"] == "cut" else amount


class BudgetDecisionForm(forms.Form):
    """The chief's word on a change."""

    decision = choice_field(_("Decision"), [("approve", _("approve")), ("refuse", _("refuse"))])
    reasons = reasons_field()
