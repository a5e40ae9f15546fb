"""Forms of outcomes of reviews and suits: one officer enters what the paper says, another confirms it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field, money_field, text_field
from tips.models import CaseOutcome
from tips.services.enter_outcome import Paper

AMOUNT, REVOKED = "amount", "revoked"
CONFIRM, REFUSE = "confirm", "refuse"


class OutcomeForm(forms.Form):
    """What the paper of the deciding body says."""

    kind = choice_field(_("Kind"), CaseOutcome.Kind.choices)
    deciding_body = forms.CharField(
        label=_("Deciding body"), max_length=120, help_text=_("The reviewing authority or the court.")
    )
    document_number = forms.CharField(label=_("Number of the document"), max_length=80)
    decided_on = day_field(_("Date of the document"))
    result = choice_field(
        _("What it decides"),
        [
            (AMOUNT, _("the verified amount is now as follows")),
            (REVOKED, _("the decision is revoked: no amount is left")),
        ],
    )
    base_amount = money_field(
        _("Verified amount of the tip's matters (案值), yuan"),
        required=False,
        help_text=_("The whole amount from now on, not the difference. Fines are no part of it."),
    )
    reasons = text_field(
        _("Reasons"),
        rows=3,
        help_text=_("What changed and where the paper says so. Nothing about the tipster."),
    )

    def clean(self) -> dict[str, Any]:
        """An amount belongs to an outcome that leaves one."""
        cleaned = super().clean() or {}
        if cleaned.get("result") == AMOUNT and not cleaned.get("base_amount"):
            self.add_error("base_amount", _("Give the amount, or choose that the decision is revoked."))
        return cleaned

    def paper(self) -> Paper:
        """What is to be kept."""
        given = self.cleaned_data
        is_revoked = given["result"] == REVOKED
        return Paper(
            kind=given["kind"],
            deciding_body=given["deciding_body"],
            document_number=given["document_number"],
            decided_on=given["decided_on"],
            is_revoked=is_revoked,
            base_amount=Decimal("0.00") if is_revoked else given["base_amount"],
            reasons=given["reasons"],
        )


class OutcomeDecisionForm(forms.Form):
    """The second person's word."""

    decision = choice_field(
        _("Decision"),
        [
            (CONFIRM, _("confirm: I compared it with the paper")),
            (REFUSE, _("send back: it does not agree with the paper")),
        ],
    )
    reasons = text_field(_("Reasons"), rows=3, required=False, help_text=_("Needed when sending back."))
