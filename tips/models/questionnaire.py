"""Questionnaires: dated versions for each kind of target and region, drafted by one person and approved by another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Questionnaire(models.Model):
    """One version. Once approved it is never changed: tips keep its number with their answers."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("waits for approval")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    target_kind = models.CharField(_("kind of target"), max_length=16)
    region_code = models.CharField(
        max_length=6, blank=True, help_text=_("beginning of the division code; empty: everywhere")
    )
    version = models.PositiveIntegerField(_("version"))
    valid_from = models.DateField(_("valid from"))
    content = models.JSONField(help_text=_("title and questions in both languages"))
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    bureau = models.ForeignKey(
        "casework.Bureau",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("empty: comes with the product"),
    )
    drafted_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reasons = models.TextField(_("reasons"), blank=True)

    class Meta:
        ordering = ["target_kind", "region_code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["target_kind", "region_code", "version"], name="questionnaire_version_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(drafted_by=None) | ~Q(decided_by=F("drafted_by")),
                name="questionnaire_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.region_code or '-'} {self.version}"
