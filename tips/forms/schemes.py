"""Forms around reward schemes: a new one, the bureau's own, a trial, the decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field, money_field, reasons_field, text_field
from tips.models import RewardScheme


class NewSchemeForm(forms.Form):
    """The name of a scheme of the bureau's own."""

    key = forms.SlugField(label=_("Short name"), max_length=32, help_text=_("small letters, digits, hyphens"))
    title_zh = forms.CharField(label=_("Name in Chinese"), max_length=120)
    title = forms.CharField(label=_("Name in English"), max_length=120)


class AssignmentForm(forms.Form):
    """Which scheme the bureau uses from which day on."""

    scheme = forms.ModelChoiceField(
        RewardScheme.objects.none(), label=_("Scheme"), to_field_name="key", empty_label=None
    )
    first_day = day_field(_("For tips received from"))
    remark = text_field(_("Reasons"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schemes = RewardScheme.objects.filter(versions__isnull=False).distinct().order_by("key")
        self.fields["scheme"].queryset = schemes  # type: ignore[attr-defined]
        self.fields["scheme"].label_from_instance = lambda scheme: scheme.title_zh  # type: ignore[attr-defined]


class TrialForm(forms.Form):
    """Which rewards a draft is tried on."""

    first_day = day_field(_("Assessed from"))
    last_day = day_field(_("to"))
    budget = money_field(_("Budget to compare with, yuan"), required=False)

    def clean(self) -> dict[str, Any]:
        """Days in order."""
        cleaned = super().clean() or {}
        if (
            cleaned.get("first_day")
            and cleaned.get("last_day")
            and cleaned["last_day"] < cleaned["first_day"]
        ):
            self.add_error("last_day", _("The last day lies before the first one."))
        return cleaned


class DecisionForm(forms.Form):
    """Approve or send back."""

    decision = choice_field(_("Decision"), [("approve", _("approve")), ("send_back", _("send back"))])
    answer = reasons_field()


class TakeBackForm(forms.Form):
    """Why an approved version is taken back."""

    reasons = text_field(_("Reasons"), rows=3)
