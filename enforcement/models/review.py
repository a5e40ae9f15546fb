"""Legal review (法制审核): a check before the decision by somebody who did not handle the case."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalReview(models.Model):
    """One round of review (PP 37–40). Rounds are added; a send-back opens the next one."""

    class Opinion(models.TextChoices):
        AGREE = "agree", _("agree (同意)")
        INVESTIGATE_FURTHER = "investigate_further", _("investigate further or do not decide (继续调查)")
        CHANGE = "change", _("change (变更)")
        CORRECT = "correct", _("correct (纠正)")
        OTHER = "other", _("other (其他)")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="legal_reviews")
    round = models.PositiveSmallIntegerField()
    opinion = models.CharField(_("opinion"), max_length=24, choices=Opinion.choices)
    checklist = models.JSONField(help_text=_("point → passed, remark; ten points of PP 38"))
    reasons = models.TextField(_("reasons"))
    proposed_recovery_amount = models.DecimalField(max_digits=14, decimal_places=2)
    proposed_fine_amount = models.DecimalField(max_digits=14, decimal_places=2)
    reviewer = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    document = models.ForeignKey("casework.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="one_review_per_round")]

    def __str__(self) -> str:
        return f"{self.case_id} round {self.round}: {self.opinion}"
