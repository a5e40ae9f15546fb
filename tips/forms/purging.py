"""Forms around holds and purges."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, text_field
from tips.models import TipPurge


class ProposePurgeForm(forms.Form):
    """Why the content should be destroyed."""

    ground = choice_field(_("Ground"), TipPurge.Ground.choices)
    reasons = text_field(
        _("Reasons"), rows=3, help_text=_("Write nothing here that could show who the tipster is.")
    )


class HoldForm(forms.Form):
    """Why the content must be kept, or need not be kept any more."""

    reasons = text_field(
        _("Reasons"), rows=3, help_text=_("Write nothing here that could show who the tipster is.")
    )


class ApprovePurgeForm(forms.Form):
    """Approve or refuse, always with reasons."""

    purge = choice_field(
        _("Decision"),
        [
            ("approved", _("approve: the content can never be opened again")),
            ("refused", _("refuse")),
        ],
    )
    reasons = text_field(_("Reasons"), rows=3)
