"""Holders of an enforcement certificate (执法证)."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Officer(models.Model):
    """The enforcement profile of an account: no valid certificate, no enforcement act (PP 16, APL 42)."""

    account = models.OneToOneField("casework.Account", models.CASCADE, related_name="officer")
    certificate_number = models.CharField(_("certificate number"), max_length=32, unique=True)
    certificate_valid_until = models.DateField(_("certificate valid until"))
    has_legal_qualification = models.BooleanField(
        default=False, help_text=_("法律职业资格, asked of first-time reviewers (PP 37)")
    )

    def __str__(self) -> str:
        return f"{self.account} ({self.certificate_number})"

    def is_certified_on(self, day: date) -> bool:
        """Whether the certificate is valid on a civil day."""
        return day <= self.certificate_valid_until
