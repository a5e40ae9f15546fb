"""Established points of a case, each with its article and its money."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Finding(models.Model):
    """One established violation (检查发现). Loss under art. 38, fraud under arts 40 and 41(2)."""

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="findings")
    party = models.ForeignKey("casework.Party", models.PROTECT, related_name="findings")
    conduct = models.CharField(_("conduct"), max_length=120)
    facts = models.TextField(_("facts"))
    article = models.CharField(_("article"), max_length=16, help_text=_("of REG, e.g. 38 or 40"))
    loss_amount = models.DecimalField(_("loss"), max_digits=14, decimal_places=2)
    multiple = models.DecimalField(
        _("multiple of the loss"),
        max_digits=5,
        decimal_places=2,
        default=0,
        help_text=_("proposed fine ÷ loss"),
    )
    mitigation = models.TextField(_("ground for going below the band"), blank=True)
    occurred_from = models.DateField(_("from"))
    occurred_until = models.DateField(_("until"))
    lead = models.BigIntegerField(
        _("lead"),
        null=True,
        blank=True,
        help_text=_("number of the lead that brought it, which counts for its reward; empty when none did"),
    )
    recorded_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(
        null=True, help_text=_("replaced after a send-back; kept for the file")
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(loss_amount__gte=0), name="loss_not_negative"),
            models.CheckConstraint(
                condition=models.Q(occurred_until__gte=models.F("occurred_from")),
                name="act_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conduct} {self.loss_amount}"
