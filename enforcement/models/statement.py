"""The party's statement and defence (陈述申辩)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Statement(models.Model):
    """What the party answered to the notice, and what became of it (PP 41, APL 45)."""

    class Result(models.TextChoices):
        MAINTAINED = "maintained", _("proposal maintained")
        LIGHTER = "lighter", _("lighter proposal")
        NEW_FACTS = "new_facts", _("new facts: investigate again")

    notice = models.ForeignKey("enforcement.PenaltyNotice", models.PROTECT, related_name="statements")
    received_on = models.DateField(_("received on"))
    text = models.TextField(_("what the party says"))
    asks_for_hearing = models.BooleanField(_("asks for a hearing"), default=False)
    recorded_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    result = models.CharField(max_length=16, choices=Result.choices, blank=True)
    answer = models.TextField(_("how each point was checked"), blank=True)
    answered_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.notice_id} {self.received_on}"
