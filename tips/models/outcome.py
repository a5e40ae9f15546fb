"""What a review or suit made of a case, and what its rewards come to since; rows are only added."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseOutcome(models.Model):
    """An outcome as one officer entered it. It counts when a second person of another role has confirmed it."""

    is_append_only = True

    class Kind(models.TextChoices):
        REVIEW = "review", _("administrative review (行政复议)")
        SUIT = "suit", _("administrative lawsuit (行政诉讼)")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    deciding_body = models.CharField(_("deciding body"), max_length=120)
    document_number = models.CharField(_("document number"), max_length=80)
    decided_on = models.DateField(_("decided on"))
    is_revoked = models.BooleanField(_("decision revoked"))
    base_amount = models.DecimalField(
        _("base (案值)"),
        max_digits=14,
        decimal_places=2,
        help_text=_(
            "verified amount of the tip's matters from now on; nothing when the decision was revoked"
        ),
    )
    reasons = models.TextField(_("reasons"))
    entered_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_revoked=True, base_amount=0)
                | models.Q(is_revoked=False, base_amount__gte=0),
                name="revoked_decision_leaves_no_base",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.document_number}"


class CaseOutcomeDecision(models.Model):
    """The second person's word on an outcome: confirmed, or refused with reasons."""

    is_append_only = True

    outcome = models.OneToOneField(CaseOutcome, models.PROTECT, related_name="decision")
    is_confirmed = models.BooleanField()
    reasons = models.TextField(_("reasons"), blank=True)
    decided_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_confirmed=True) | ~models.Q(reasons=""),
                name="refused_outcome_has_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.is_confirmed}"


class RewardRecalculation(models.Model):
    """A reward set against a confirmed outcome, with the figures before and after.

    Without `amount` the reward was not approved yet: it is assessed from the new base, nothing was moved.
    """

    is_append_only = True

    outcome = models.ForeignKey(CaseOutcome, models.PROTECT, related_name="recalculations")
    reward = models.ForeignKey("tips.Reward", models.PROTECT, related_name="recalculations")
    base_before = models.DecimalField(max_digits=14, decimal_places=2)
    base_after = models.DecimalField(max_digits=14, decimal_places=2)
    approved_before = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    approved_after = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    amount = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, help_text=_("by the scheme for the new base")
    )
    paid = models.DecimalField(
        max_digits=14, decimal_places=2, help_text=_("net of what came back"), default=0
    )
    due = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, help_text=_("still to be paid from then on")
    )
    overpaid = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, help_text=_("paid above the new amount, not claimed back")
    )
    not_paid = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, help_text=_("rise after a payment that stays unpaid")
    )
    working = models.JSONField(default=list, help_text=_("how the new amount was computed"))
    made_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.reward_id} {self.amount}"
