"""Telling a tipster by telephone, by letter or in person: answers, outcomes, approved rewards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field
from tips.models import AnswerDelivery, RewardNotice, Tip
from tips.services.deliver_notice import LETTER, MISSED, REACHED, Delivery
from tips.services.note_telling import Telling
from workflows.now import now
from workflows.rules.calendar import civil_date


class TellingForm(forms.Form):
    """How and when a person told the tipster; without these entries for everybody whom a machine reaches."""

    told_way = choice_field(_("How the tipster was told"), AnswerDelivery.Way.choices)
    told_day = day_field(
        _("Told on"),
        help_text=_(
            "For a letter the day on the advice of delivery (回执); for somebody who could not be reached the day of "
            "the last attempt. The period runs until this work is done."
        ),
    )
    told_remark = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        help_text=_(
            "For example the number of the registered letter, or what was tried on which days. No name, no address, "
            "no telephone number."
        ),
    )

    def __init__(self, *args: Any, tip: Tip, must_tell: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tip = tip
        if not must_tell:
            del self.fields["told_way"], self.fields["told_day"], self.fields["told_remark"]

    def clean_told_day(self) -> Any:
        """Nobody is told in the future, nor before the report came."""
        day = self.cleaned_data["told_day"]
        if day > civil_date(now()):
            raise forms.ValidationError(_("The day lies in the future."))
        if day < civil_date(self._tip.received_at):
            raise forms.ValidationError(_("The report had not come in on this day."))
        return day

    def clean(self) -> dict[str, Any]:
        """Who could not be reached was tried to be reached."""
        cleaned = super().clean() or {}
        if cleaned.get("told_way") == AnswerDelivery.Way.UNREACHED and not cleaned.get("told_remark"):
            self.add_error("told_remark", _("Say what was tried, and on which days."))
        return cleaned

    def telling(self) -> Telling | None:
        """How it was told; nothing where a machine tells it."""
        given = self.cleaned_data
        return (
            Telling(given["told_way"], given["told_day"], given["told_remark"])
            if "told_way" in given
            else None
        )


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
