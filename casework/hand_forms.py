"""Forms for handing work on and for standing in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import day_field, text_field
from casework.models import Account


class HandOnForm(forms.Form):
    """To whom, and why."""

    to = forms.ModelChoiceField(Account.objects.none(), label=_("Colleague"))
    reason = text_field(_("Reasons"), rows=3)

    def __init__(self, *args: Any, receivers: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Account.objects.filter(pk__in=[account.pk for account in receivers])
        self.fields["to"].queryset = people.order_by("display_name")  # type: ignore[attr-defined]


class SubstitutionForm(forms.Form):
    """Who stands in for whom, on which days, and why."""

    absent = forms.ModelChoiceField(Account.objects.none(), label=_("Absent colleague"))
    substitute = forms.ModelChoiceField(Account.objects.none(), label=_("Substitute (代理人)"))
    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))
    reason = text_field(_("Reasons"), rows=3)

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("absent", "substitute"):
            self.fields[name].queryset = colleagues  # type: ignore[attr-defined]
