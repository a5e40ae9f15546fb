"""Forms of outcomes of reviews and suits: one officer enters what the paper says, another confirms it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field, money_field, text_field
from tips.models import CaseOutcome
from tips.services.decide_outcome import Minutes
from tips.services.enter_outcome import Paper
from workflows.now import now
from workflows.rules.calendar import civil_date

AMOUNT, REVOKED = "amount", "revoked"
CONFIRM, REFUSE = "confirm", "refuse"
MINUTES = ("held_on", "participants", "opinions")


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
        help_text=_(
            "The whole amount from now on, not the difference, of all reports of the case that are rewarded. "
            "Fines are no part of it."
        ),
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
    held_on = day_field(
        _("Collective discussion held on"),
        required=False,
        help_text=_("Needed when confirming: a reward of this amount is discussed collectively."),
    )
    participants = text_field(
        _("Participants"), rows=3, required=False, help_text=_("Names and offices, one a line.")
    )
    opinions = text_field(_("Opinions"), rows=4, required=False, help_text=_("What each of them said."))
    reasons = text_field(_("Reasons"), rows=3, required=False, help_text=_("Needed when sending back."))

    def __init__(self, *args: Any, needs_discussion: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not needs_discussion:
            for name in MINUTES:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Minutes are whole where they are needed; no discussion lies in the future."""
        cleaned = super().clean() or {}
        day = cleaned.get("held_on")
        if day and day > civil_date(now()):
            self.add_error("held_on", _("The day of the discussion lies in the future."))
        if cleaned.get("decision") == CONFIRM:
            for name in MINUTES:
                if name in self.fields and name not in self.errors and not cleaned.get(name):
                    self.add_error(
                        name, _("Needed when confirming: a reward of this amount is discussed collectively.")
                    )
        return cleaned

    def minutes(self) -> Minutes | None:
        """The discussion, where one was asked for and given."""
        given: dict[str, Any] = {name: self.cleaned_data.get(name) for name in MINUTES}
        return Minutes(**given) if all(given.values()) else None
