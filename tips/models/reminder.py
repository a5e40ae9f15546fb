"""What was done to remind a tipster of a reward that waits to be claimed (申领提醒)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaimReminder(models.Model):
    """One reminder; each rung once for each last day of a period."""

    is_append_only = True

    class Way(models.TextChoices):
        MESSAGE = "message", _("message in the report, and a mail without content where an address is known")
        PAGE = "page", _("banner on the tipster's page")

    reward = models.ForeignKey("tips.Reward", models.PROTECT, related_name="reminders")
    clock = models.ForeignKey("workflows.Clock", models.PROTECT, related_name="+")
    rung = models.CharField(max_length=16, help_text=_("word of the dated ladder"))
    last_day = models.DateField(_("last day"), help_text=_("end of the period when it was given"))
    way = models.CharField(max_length=16, choices=Way.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["clock", "rung", "last_day"], name="reminded_once_for_each_end")
        ]

    def __str__(self) -> str:
        return f"{self.rung} of reward {self.reward_id}"
