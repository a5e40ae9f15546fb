"""Forms around looks at an identity."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, text_field
from tips.models import IdentityRequest


class AskIdentityForm(forms.Form):
    """For what, why, for how long."""

    purpose = choice_field(_("Purpose"), IdentityRequest.Purpose.choices)
    reasons = text_field(
        _("Why a message through the system is not enough"),
        rows=4,
        help_text=_("Whoever decides reads this. Do not write here what could show who the tipster is."),
    )
    period = choice_field(
        _("For how long"), IdentityRequest.Period.choices, initial=IdentityRequest.Period.SHORT
    )


class DecideOpeningForm(forms.Form):
    """Approve or refuse, always with reasons."""

    opening = choice_field(
        _("Decision"),
        [
            ("approved", _("approve: the identity is shown to the asker alone")),
            ("refused", _("refuse")),
        ],
    )
    reasons = text_field(_("Reasons"), rows=3, help_text=_("The asker reads them."))
