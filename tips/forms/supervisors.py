"""The form of an appointment."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import day_field
from casework.models import Bureau
from tips.services.register_supervisor import Appointment


class AppointmentForm(forms.Form):
    """What the letter of appointment (聘书) says."""

    name = forms.CharField(label=_("Name"), max_length=60)
    profession = forms.CharField(
        label=_("Profession"), max_length=60, help_text=_("e.g. doctor, lawyer, journalist, deputy")
    )
    letter_number = forms.CharField(label=_("Number of the letter of appointment"), max_length=60)
    appointed_by = forms.CharField(label=_("Appointed by"), max_length=120)
    term_from = day_field(_("Term from"))
    term_until = day_field(_("Term until"))
    bureau = forms.ModelChoiceField(
        label=_("Bureau"), queryset=Bureau.objects.none(), required=False, empty_label=None
    )

    def __init__(self, *args: Any, units: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Bureau.objects.filter(pk__in=set(units)).order_by("pk")
        self.fields["bureau"].queryset = own  # type: ignore[attr-defined]
        first = own.first()
        self.fields["bureau"].initial = first
        self.fields["appointed_by"].initial = first.name if first else ""

    def clean(self) -> dict[str, Any]:
        """The end of a term lies after its beginning."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("term_from"), cleaned.get("term_until")
        if first and last and last < first:
            self.add_error("term_until", _("The end lies before the beginning."))
        return cleaned

    def appointment(self) -> Appointment:
        """The letter, once the form is valid."""
        given = self.cleaned_data
        return Appointment(**{**given, "bureau": given["bureau"] or self.fields["bureau"].initial})
