"""A filed matter: one case, one file (一案一卷)."""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.search import Bigrams

if TYPE_CHECKING:
    from workflows.models import Run


class Case(models.Model):
    """A case (案件). Where it stands is derived from its run; figures are copies of confirmed findings."""

    number = models.CharField(_("case number"), max_length=40, unique=True)
    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="cases")
    run = models.OneToOneField("workflows.Run", models.PROTECT, null=True, related_name="+")
    cause = models.CharField(_("cause"), max_length=200, help_text=_("案由"))
    origin = models.CharField(max_length=16, help_text=_("tip, inspection, alert, transfer or order"))
    summary = models.TextField(_("matter"), help_text=_("reviewed words; nothing that points at the tipster"))
    discovered_on = models.DateField(help_text=_("day on which the lead was received"))
    filed_on = models.DateField(_("filed on"))
    filed_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    is_complex = models.BooleanField(default=False)
    has_public_concern = models.BooleanField(_("may draw public attention"), default=False)
    final_report = models.TextField(_("final report of the investigation"), blank=True)
    recovery_amount = models.DecimalField(_("to be returned"), max_digits=14, decimal_places=2, default=0)
    fine_amount = models.DecimalField(_("fine"), max_digits=14, decimal_places=2, default=0)
    closing_ground = models.CharField(
        _("ground of closing"), max_length=24, blank=True, help_text=_("one of four (PP 56)")
    )
    closing_report = models.TextField(_("closing report"), blank=True)
    concluded_at = models.DateTimeField(_("concluded at"), null=True, help_text=_("办结"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        ordering = ["-filed_on", "-id"]
        permissions = [("handle_case", "Handle the case"), ("pay_case", "Book payments of the case")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(concluded_at__isnull=False),
                name="case_is_concluded_before_closed",
            )
        ]
        indexes = [
            models.Index(fields=["bureau", "-filed_on", "-id"], name="cases_by_bureau"),
            GinIndex(Bigrams("number"), name="case_number_bigrams"),
            GinIndex(Bigrams("cause"), name="case_cause_bigrams"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def leading_run(self) -> "Run":
        """The run that leads the case; there is one from the transaction on that opens it."""
        assert self.run is not None, "a case is opened together with its run"
        return self.run


class Party(models.Model):
    """The person or body that the case is about (当事人)."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("organisation")
        PERSON = "person", _("person")

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    institution = models.ForeignKey("casework.Institution", models.PROTECT, null=True, related_name="+")
    identifier = models.CharField(_("credit code or identity number"), max_length=32, blank=True)
    representative = models.CharField(_("legal representative"), max_length=64, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    liable_as = models.CharField(
        max_length=16, default="provider", help_text=_("provider, agency or person: whose articles apply")
    )

    class Meta:
        indexes = [GinIndex(Bigrams("name"), name="party_name_bigrams")]

    def __str__(self) -> str:
        return self.name


class CaseHandler(models.Model):
    """An officer appointed to the case (办案人员): at least two, certified, without interest (PP 16)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="handlers")
    officer = models.ForeignKey("casework.Officer", models.PROTECT, related_name="handled_cases")
    appointed_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "officer"],
                condition=models.Q(released_at=None),
                name="handler_appointed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} on {self.case_id}"
