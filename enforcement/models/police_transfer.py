"""Transfer of suspected crimes to the police (移送公安)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PoliceTransfer(models.Model):
    """Proposal, decision, hand-over and what the police answered (TR 5–12)."""

    class Result(models.TextChoices):
        FILED = "filed", _("police filed a case")
        RETURNED = "returned", _("returned or refused")

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="police_transfer")
    grounds = models.TextField(_("grounds of the proposal"))
    is_approved = models.BooleanField(null=True)
    refusal_reasons = models.TextField(_("reasons for not transferring"), blank=True)
    decided_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    police_office = models.CharField(_("police office"), max_length=120, blank=True)
    receipt = models.CharField(_("receipt of the police"), max_length=64, blank=True)
    result = models.CharField(max_length=16, choices=Result.choices, blank=True)
    result_on = models.DateField(null=True)
    outcome = models.TextField(_("end of the criminal case"), blank=True)
    judgment_number = models.CharField(_("number of the judgment"), max_length=64, blank=True)
    judgment_on = models.DateField(_("day of the judgment"), null=True)
    court_loss = models.DecimalField(
        _("loss of the fund that the court established"), max_digits=14, decimal_places=2, null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(court_loss__gte=0), name="court_loss_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(court_loss=None)
                | (models.Q(judgment_on__isnull=False) & ~models.Q(judgment_number="")),
                name="court_loss_stands_in_a_judgment",
            ),
        ]

    def __str__(self) -> str:
        return f"transfer of {self.case_id}"
