"""The decision (行政处罚决定)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PenaltyDecision(models.Model):
    """What the leader decided, on which grounds (PP 43, APL 57–59)."""

    class Kind(models.TextChoices):
        PENALTY = "penalty", _("penalty (行政处罚)")
        NO_PENALTY = "no_penalty", _("no penalty (不予行政处罚)")
        NOT_ESTABLISHED = "not_established", _("not established (违法事实不能成立)")

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="decision")
    kind = models.CharField(_("decision"), max_length=16, choices=Kind.choices)
    recovery_amount = models.DecimalField(_("to be returned"), max_digits=14, decimal_places=2)
    fine_amount = models.DecimalField(_("fine"), max_digits=14, decimal_places=2)
    reasons = models.TextField(_("reasons"))
    document = models.ForeignKey("casework.Document", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    received_on = models.DateField(_("received by the party on"), null=True)
    in_force_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="penalty") | models.Q(fine_amount=0), name="only_a_penalty_has_a_fine"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
