"""The report as an officer writes it down who takes it in by telephone, letter, visit and other ways."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from casework.models import Bureau
from casework.rules.parameters import legal_period
from tips.forms.joint import UNKEPT
from tips.forms.report import ReportForm, checked_term
from tips.forms.telling import YES
from tips.models import SocialSupervisor, Tip
from tips.rules.channels import HANDED_ON, ORAL, SUPERVISOR, UNASKED, WEB, may_have_arrived
from tips.services.file_tip import Filing
from tips.words import Identity
from workflows.rules.calendar import civil_date

ENTRY_DELAY = "tip_entry_delay"
CHANNELS = [(value, label) for value, label in Tip.Channel.choices if value != WEB]


class IntakeForm(ReportForm):
    """Channel and moment of receipt, then what the tipster says; filed at the officer's own bureau."""

    channel = forms.ChoiceField(
        label=_("How did it come in?"), choices=CHANNELS, widget=forms.RadioSelect, initial=CHANNELS[0][0]
    )
    received_at = forms.DateTimeField(
        label=_("Received at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_(
            "When it reached the bureau, not when you write it down: the 15 working days count from here."
        ),
    )
    supervisor = forms.ModelChoiceField(
        label=_("Social supervisor"),
        queryset=SocialSupervisor.objects.none(),
        required=False,
        help_text=_("Sealed with the identity: in the register stands only that a supervisor reports."),
    )
    handed_on_by = forms.CharField(
        label=_("Handed on by"),
        max_length=120,
        required=False,
        help_text=_("Name of the authority or agency and number of its letter; no name of a person."),
    )
    address = forms.CharField(
        label=_("Postal address"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", **UNKEPT}),
    )
    is_read_back = forms.BooleanField(
        label=_("The record was read back to the tipster, who confirmed it (TH 7)"), required=False
    )

    def __init__(self, *args: Any, units: Iterable[int] = (), **kwargs: Any) -> None:
        self._units = set(units)
        super().__init__(*args, **kwargs)
        of_unit = SocialSupervisor.objects.filter(bureau__in=self.bureaus)
        self.fields["supervisor"].queryset = of_unit  # type: ignore[attr-defined]
        self.fields["bureau"].label = _("Registered at")
        self.fields["received_at"].initial = localtime(self._now).replace(second=0, microsecond=0)
        # An officer must not learn a PIN: the tipster chooses it on coming back.
        del self.fields["pin"], self.fields["pin_again"]
        self.fields["consent"].required = False
        self.fields["consent"].label = _("I have told the tipster this, who agrees")

    @cached_property
    def bureaus(self) -> list[Bureau]:
        """The officer's own."""
        return list(Bureau.objects.filter(pk__in=self._units).order_by("region_code", "id"))

    def clean_received_at(self) -> datetime:
        """A moment that can be right."""
        received: datetime = self.cleaned_data["received_at"]
        if received > self._now:
            raise forms.ValidationError(_("This moment has not come yet. Give when the tip arrived."))
        days = int(legal_period(ENTRY_DELAY, on=civil_date(self._now)).value)
        if not may_have_arrived(received, self._now, longest_days=days):
            raise forms.ValidationError(
                _("This is more than %(days)s days ago. Check the year and the month."),
                params={"days": days},
            )
        return received

    def clean(self) -> dict[str, Any]:
        """What the channel asks for."""
        cleaned = super().clean()
        channel = cleaned.get("channel")
        if channel in ORAL and not cleaned.get("is_read_back"):
            self.add_error("is_read_back", _("Read the record back to the tipster first (TH 7)."))
        if channel in HANDED_ON and not cleaned.get("handed_on_by"):
            self.add_error("handed_on_by", _("Say who handed it on, and under which number."))
        if channel == SUPERVISOR:
            self._check_supervisor(cleaned)
        if channel not in UNASKED and not cleaned.get("consent"):
            self.add_error("consent", _("Tell the tipster this text first."))
        return cleaned

    def _check_supervisor(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("supervisor"):
            self.add_error("supervisor", _("Say which social supervisor reports."))
            return
        try:
            checked_term(cleaned["supervisor"], civil_date(cleaned.get("received_at") or self._now))
        except forms.ValidationError as error:
            self.add_error("supervisor", error)

    def filing(self) -> Filing:
        """The report with how it came in."""
        given = self.cleaned_data
        filing = super().filing()
        return replace(
            filing,
            channel=given["channel"],
            received_at=given["received_at"],
            supervisor_id=given["supervisor"].pk if given["channel"] == SUPERVISOR else None,
            handed_on_by=given["handed_on_by"] if given["channel"] in HANDED_ON else "",
            is_read_back=given["is_read_back"] and given["channel"] in ORAL,
            consent_version=filing.consent_version if given["consent"] else "",
        )

    def _bureau(self) -> Bureau:
        """The officer's own: whether it may handle the tip is the next step's question."""
        own: Bureau = self.cleaned_data["bureau"] or self.fields["bureau"].initial
        return own

    def _identity(self) -> Identity:
        return replace(super()._identity(), address=self.cleaned_data["address"])

    def _check_contact(self, cleaned: dict[str, Any]) -> None:
        """A name is enough: letters often give no more; an address serves as well as a number."""
        if cleaned.get("is_real_name") == YES and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give the tipster's name, or choose anonymous."))
