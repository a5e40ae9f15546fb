"""What somebody looks for in the register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import day_field
from tips.models import Tip
from tips.register.listing import ORDERS, OUTCOMES, Wanted

ALL = ("", _("all"))
DUE = [
    ALL,
    ("0", _("late")),
    ("3", _("within 3 days")),
    ("7", _("within 7 days")),
    ("15", _("within 15 days")),
]


class RegisterFilter(forms.Form):
    """Filters of the register; an entry that makes no sense is left out, never an error."""

    q = forms.CharField(label=_("Number or institution"), max_length=60, required=False)
    outcome = forms.ChoiceField(label=_("State"), required=False)
    due = forms.ChoiceField(label=_("Period ends on"), choices=DUE, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=[ALL, *Tip.Channel.choices], required=False)
    name = forms.ChoiceField(
        label=_("Kind"),
        choices=[ALL, ("real", _("real-name")), ("anonymous", _("anonymous"))],
        required=False,
    )
    first = day_field(_("Received from"), required=False)
    last = day_field(_("Received until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [ALL, *((key, label) for key, (label, _test) in OUTCOMES.items())]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was understood."""
        self.is_valid()
        given = self.cleaned_data
        sort = str(self.data.get("sort", ""))
        return Wanted(
            words=str(given.get("q") or "").strip(),
            channel=given.get("channel") or "",
            name=given.get("name") or "",
            outcome=given.get("outcome") or "",
            due_days=int(given["due"]) if given.get("due") else None,
            first=given.get("first"),
            last=given.get("last"),
            sort=sort if sort.lstrip("-") in ORDERS else "-received",
        )
