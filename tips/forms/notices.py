"""Telling a tipster of an approved reward by telephone, by letter or in person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field
from tips.models import RewardNotice
from tips.services.deliver_notice import LETTER, MISSED, REACHED, Delivery
from workflows.now import now
from workflows.rules.calendar import civil_date


class DeliverNoticeForm(forms.Form):
    """The letter, an attempt that failed, or the day of receipt."""

    result = choice_field(
        _("What you note"),
        [
            (LETTER, _("make the notice as a letter to print and send")),
            (MISSED, _("an attempt that did not reach the tipster; the work stays open")),
            (REACHED, _("the tipster has received the notice")),
        ],
    )
    way = choice_field(_("Way of telling"), RewardNotice.Way.choices, required=False)
    day = day_field(
        _("Day"),
        required=False,
        help_text=_(
            "Day of the attempt or of receipt; for a letter the day on the advice of delivery (回执). "
            "The period for claiming is counted from the day of receipt."
        ),
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        help_text=_(
            "For example the number of the registered letter. No name, no address, no telephone number."
        ),
    )

    def clean_day(self) -> Any:
        """Nobody receives a notice in the future."""
        day = self.cleaned_data["day"]
        if day and day > civil_date(now()):
            raise forms.ValidationError(_("The day lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        """An attempt has its way and its day."""
        cleaned = super().clean() or {}
        if cleaned.get("result") in (MISSED, REACHED):
            for name, sentence in (("way", _("Say how.")), ("day", _("Give the day."))):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned

    def delivery(self) -> Delivery:
        """The attempt, once the form is valid and no letter is asked for."""
        given = self.cleaned_data
        return Delivery(given["way"], given["day"], given["result"] == REACHED, given["remark"])
