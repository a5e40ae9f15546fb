"""Money that came in: fund money and fines, never netted (REG 45, PP 53)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Payment(models.Model):
    """One bank voucher on a decision; its booking is the ledger entry."""

    class Kind(models.TextChoices):
        RECOVERY = "recovery", _("returned fund money (退回基金)")
        FINE = "fine", _("fine (罚款)")

    decision = models.ForeignKey("enforcement.PenaltyDecision", models.PROTECT, related_name="payments")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("paid on"))
    voucher = models.CharField(_("bank voucher"), max_length=64, unique=True)
    entry = models.OneToOneField("casework.LedgerEntry", models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_is_positive")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
