"""The report of a case to the province (案情报告, JS19 point 9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProvinceReport(models.Model):
    """One report per event; due two working days after the conclusion or the hand-over to the police."""

    class Event(models.TextChoices):
        CONCLUDED = "concluded", _("case concluded (案件办结)")
        TRANSFERRED = "transferred", _("handed to the police (移送公安)")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="province_reports")
    event = models.CharField(max_length=16, choices=Event.choices)
    triggers = models.JSONField(default=list, help_text=_("amount, police_transfer, public_concern"))
    discovery = models.TextField(_("how it was found (发现过程)"), blank=True)
    violations = models.TextField(_("facts of breach and violation (违约违规违法事实)"), blank=True)
    outcome = models.TextField(_("outcome (处理结果)"), blank=True)
    basis = models.TextField(_("basis of the outcome (处理依据)"), blank=True)
    document = models.ForeignKey("casework.Document", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    delivered_at = models.DateTimeField(null=True)
    receipt_number = models.CharField(_("receipt"), max_length=40, blank=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "event"], name="one_province_report_per_event")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.event}"
