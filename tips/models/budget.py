"""The money for rewards (举报奖励资金): one budget for each bureau and year, granted and changed by two people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RewardBudget(models.Model):
    """One year of one bureau. Its figures are sums over the reward ledger; this row is what is locked."""

    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    carried_at = models.DateTimeField(
        null=True,
        help_text=_("promised money went over into the next year; nothing is reserved here any more"),
    )

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year"], name="one_reward_budget_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.bureau_id} {self.year}"


class BudgetChange(models.Model):
    """An appropriation, a supplement (positive) or a cut (negative): entered by finance, decided by the chief."""

    budget = models.ForeignKey(RewardBudget, models.PROTECT, related_name="changes")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    document_number = models.CharField(_("document number"), max_length=80)
    reasons = models.TextField(_("reasons"))
    entered_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    is_approved = models.BooleanField(null=True)
    decision_reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    entry = models.OneToOneField("casework.LedgerEntry", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="budget_change_is_not_zero"),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("entered_by")),
                name="budget_change_needs_two",
            ),
            models.CheckConstraint(
                condition=models.Q(is_approved=True, entry__isnull=False)
                | models.Q(is_approved=False, entry=None)
                | models.Q(is_approved=None, entry=None),
                name="budget_change_is_booked_when_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget_id} {self.amount}"
