"""Hearings (听证): chaired by somebody who did not investigate the case (APL 64)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Hearing(models.Model):
    """One hearing, from its arrangement to its record."""

    class Result(models.TextChoices):
        HELD = "held", _("held")
        WAIVED = "waived", _("waived: absent without excuse, or withdrawn")

    notice = models.OneToOneField("enforcement.PenaltyNotice", models.PROTECT, related_name="hearing")
    chair = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    notified_on = models.DateField(_("party notified on"))
    scheduled_for = models.DateTimeField(_("time of the hearing"))
    place = models.CharField(_("place"), max_length=200)
    is_public = models.BooleanField(_("public"), default=True)
    result = models.CharField(max_length=16, choices=Result.choices, blank=True)
    record = models.TextField(_("record"), blank=True)
    opinion = models.TextField(_("opinion of the chair"), blank=True)
    held_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.notice_id} {self.scheduled_for:%Y-%m-%d}"
