"""Refusals around what a tipster must learn."""

from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal


class TellingMissing(Refusal):
    """No machine reaches this tipster."""

    code = "telling_missing"
    text = _("No machine reaches this tipster. Tell them first, and note how and when.")
    status = 422
