"""Fields that many forms share: money, days, texts, yes or no with reasons."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def money_field(label: Any, **options: Any) -> forms.DecimalField:
    """An amount in yuan, two places, not negative."""
    return forms.DecimalField(
        label=label, max_digits=14, decimal_places=2, min_value=Decimal("0.00"), **options
    )


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A civil day with the browser's own picker."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def text_field(label: Any, *, rows: int = 6, **options: Any) -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=20_000, **options)


def choice_field(label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    """One of a few answers, all in view."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


def reasons_field() -> forms.CharField:
    """Reasons, needed where something is sent back."""
    return text_field(_("Reasons"), rows=4, required=False, help_text=_("Needed when sending back."))
