"""Prior notice of an intended penalty (行政处罚事先告知)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PenaltyNotice(models.Model):
    """What the bureau intends, why, and the party's rights (PP 41, APL 44). A changed basis needs a new one."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="notices")
    round = models.PositiveSmallIntegerField()
    recovery_amount = models.DecimalField(max_digits=14, decimal_places=2)
    fine_amount = models.DecimalField(max_digits=14, decimal_places=2)
    offers_hearing = models.BooleanField(_("offers a hearing"))
    document = models.ForeignKey("casework.Document", models.PROTECT, related_name="+")
    served_on = models.DateField(_("served on"))
    issued_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="one_notice_per_round")]

    def __str__(self) -> str:
        return f"{self.case_id} notice {self.round}"
