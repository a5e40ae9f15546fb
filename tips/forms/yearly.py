"""Forms around the yearly report on tips."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field, reasons_field, text_field
from tips.forms.follow import KeyedForm


class DraftReportForm(forms.Form):
    """What the officer adds to the figures."""

    remarks = text_field(
        _("Remarks for the superior authority"),
        rows=5,
        required=False,
        help_text=_(
            "They stand in the paper, never on the public page. Write nothing that shows who reported."
        ),
    )


class AnswerReportForm(forms.Form):
    """Approve the draft or send it back."""

    tip_report = choice_field(_("Decision"), [("approved", _("approve")), ("send_back", _("send back"))])
    reasons = reasons_field()


class SendReportForm(forms.Form):
    """Where and when the approved report was sent."""

    sent_to = forms.CharField(label=_("Sent to"), max_length=120)
    sent_on = day_field(_("Sent on"))
    reasons = text_field(
        _("Remarks"), rows=2, required=False, help_text=_("For instance the number of the covering letter.")
    )


class WithdrawPublicationForm(KeyedForm):
    """Why the public page no longer shows the report."""

    reasons = text_field(_("Reasons"), rows=3)
