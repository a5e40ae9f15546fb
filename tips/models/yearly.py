"""The yearly report on tips (举报处理年度报告, TH 19): figures as drafted, and what was done with them."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from workflows.models import Run


class YearlyTipReport(models.Model):
    """One bureau's report of one year. Where it stands is derived from its run and its acts."""

    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    run = models.OneToOneField("workflows.Run", models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "bureau__region_code"]
        constraints = [models.UniqueConstraint(fields=["bureau", "year"], name="one_tip_report_a_year")]

    def __str__(self) -> str:
        return f"{self.bureau_id} {self.year}"

    @property
    def leading_run(self) -> "Run":
        """The run that leads the report; there is one from the transaction on that begins it."""
        assert self.run is not None, "a report is begun together with its run"
        return self.run


class YearlyTipFigures(models.Model):
    """The figures as they stood when an officer drafted them. Later corrections of tips do not alter them."""

    is_append_only = True

    report = models.ForeignKey(YearlyTipReport, models.PROTECT, related_name="drafts")
    as_of = models.DateTimeField(_("figures as of"))
    figures = models.JSONField(help_text=_("small numbers are left out already"))
    remarks = models.TextField(_("remarks"), blank=True)
    drafted_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.as_of:%Y-%m-%d}"


class YearlyTipAct(models.Model):
    """What somebody did with a draft: one row each, never altered."""

    is_append_only = True

    class Kind(models.TextChoices):
        SENT_BACK = "sent_back", _("sent back")
        APPROVED = "approved", _("approved")
        SENT = "sent", _("sent to the superior authority")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("publication withdrawn")

    report = models.ForeignKey(YearlyTipReport, models.PROTECT, related_name="acts")
    draft = models.ForeignKey(YearlyTipFigures, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    reasons = models.TextField(_("reasons"), blank=True)
    document = models.ForeignKey("casework.Document", models.PROTECT, null=True, related_name="+")
    sent_to = models.CharField(_("sent to"), max_length=120, blank=True)
    sent_on = models.DateField(_("sent on"), null=True)
    done_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind"],
                condition=models.Q(kind__in=["approved", "sent"]),
                name="tip_report_approved_and_sent_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"
