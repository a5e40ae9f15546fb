"""A claim that the identity officer records for a real-name tipster: who came, and the claim itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field, text_field
from tips.forms.claiming import CHECKS, ClaimForm
from tips.forms.joint import UNKEPT
from tips.models import BureauClaim
from tips.services.record_claim import Claimant
from workflows.now import now
from workflows.rules.calendar import civil_date

AGENT = BureauClaim.Way.AGENT
OF_AGENT = ("agent_name", "agent_identity_number", "authorised_on")
WHO = ("way", "person_name", "person_identity_number", *OF_AGENT, "reasons")


class ClaimNumberForm(forms.Form):
    """Which reward is claimed."""

    claim_number = forms.CharField(
        label=_("Claim number"),
        max_length=40,
        help_text=_("The person has it from the notice of the reward."),
    )


class RecordClaimForm(ClaimForm):
    """Who came and how it was proved; then the claim as on the page of the tipster."""

    way = choice_field(_("Who claims"), BureauClaim.Way.choices)
    person_name = forms.CharField(
        label=_("Name of the tipster"), max_length=60, help_text=_("As on the identity card.")
    )
    person_identity_number = forms.CharField(label=_("Identity number of the tipster"), max_length=18)
    agent_name = forms.CharField(
        label=_("Name of the agent"),
        max_length=60,
        required=False,
        help_text=_("These three only where an agent came."),
    )
    agent_identity_number = forms.CharField(
        label=_("Identity number of the agent"), max_length=18, required=False
    )
    authorised_on = day_field(_("Day of the letter of authority (授权委托书)"), required=False)
    reasons = text_field(
        _("How it was proved"),
        rows=3,
        help_text=_("Which papers were shown, and what the person knew. No name and no number here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(WHO)
        for name in WHO[1:5]:
            self.fields[name].widget.attrs.update({"autocomplete": "off", **UNKEPT})

    def who(self) -> list[forms.BoundField]:
        """The part about who came, for the template."""
        return [self[name] for name in WHO]

    def payee_entries(self) -> list[forms.BoundField]:
        """The account of one person, for the template."""
        return [field for field in self.visible_fields() if field.name not in WHO]

    def clean_person_identity_number(self) -> str:
        """As in a claim."""
        return CHECKS["identity_number"](self.cleaned_data["person_identity_number"])

    def clean_agent_identity_number(self) -> str:
        """As in a claim, where there is an agent."""
        number = self.cleaned_data["agent_identity_number"]
        return CHECKS["identity_number"](number) if number else ""

    def clean_authorised_on(self) -> Any:
        """A letter of authority was signed before."""
        day = self.cleaned_data["authorised_on"]
        if day and day > civil_date(now()):
            raise forms.ValidationError(_("The day lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        """An agent is named with number and letter, and is somebody else."""
        cleaned = super().clean()
        if cleaned.get("way") != AGENT:
            return cleaned | {"agent_name": "", "agent_identity_number": "", "authorised_on": None}
        for name in OF_AGENT:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Needed for an agent."))
        agent, person = cleaned.get("agent_identity_number"), cleaned.get("person_identity_number")
        if agent and agent == person:
            self.add_error("agent_identity_number", _("Tipster and agent have the same identity number."))
        return cleaned

    def claimant(self) -> Claimant:
        """Who came, once the form is valid."""
        given = self.cleaned_data
        return Claimant(
            given["way"],
            given["person_name"],
            given["person_identity_number"],
            given["reasons"],
            given["agent_name"],
            given["agent_identity_number"],
            given["authorised_on"],
        )
