"""Rows of the tip register (举报台账): one for each bureau that had the tip, in its own numbering."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tips.models.tip import Tip


class RegisterEntry(models.Model):
    """A tip as one bureau registered it; a bureau that passed the tip on keeps its row, which says so."""

    class CameAs(models.TextChoices):
        FIRST = "first", _("received from the tipster")
        UP = "up", _("referred from below (移送上级)")
        DOWN = "down", _("handed down by the superior (交办)")
        SIDEWAYS = "sideways", _("referred by another bureau (移送)")
        GIVEN_BACK = "given_back", _("given back after a dispute (退回)")
        NAMED = "named", _("named by the common superior (指定管辖)")

    class Jurisdiction(models.TextChoices):
        ACCEPTED = "accepted", _("this bureau acts")
        NOT_A_TIP = "not_a_tip", _("not a tip (咨询、复议、信访)")
        OTHER_DEPARTMENT = "other_department", _("another department acts")
        REFERRED = "referred", _("referred within the system")
        DISPUTED = "disputed", _("jurisdiction in dispute")

    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="entries")
    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="+")
    number = models.CharField(_("register number"), max_length=40, unique=True)
    received_at = models.DateTimeField(_("received at"))
    came_as = models.CharField(max_length=16, choices=CameAs.choices, default=CameAs.FIRST)
    came_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="went_to")
    target_kind = models.CharField(
        max_length=16, choices=Tip.Target.choices, blank=True, help_text=_("as this bureau coded it")
    )
    institution = models.ForeignKey("casework.Institution", models.PROTECT, null=True, related_name="+")
    matters = ArrayField(models.CharField(max_length=20), default=list)
    jurisdiction = models.CharField(max_length=20, choices=Jurisdiction.choices, blank=True)
    registered_at = models.DateTimeField(null=True)
    registered_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    reasons = models.TextField(_("reasons"), blank=True, help_text=_("nothing that shows who reported"))
    summary = models.TextField(_("summary for the receiver"), blank=True)
    referred_to = models.ForeignKey("casework.Bureau", models.PROTECT, null=True, related_name="+")
    authority = models.CharField(_("other authority"), max_length=120, blank=True)
    dispute_reasons = models.TextField(_("why jurisdiction is disputed"), blank=True)
    disputed_at = models.DateTimeField(null=True)
    named_reasons = models.TextField(_("reasons of the superior"), blank=True)
    left_at = models.DateTimeField(null=True, help_text=_("when another bureau took the tip over"))

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tip"], condition=models.Q(left_at=None), name="one_bureau_has_the_tip"
            )
        ]
        indexes = [models.Index(fields=["bureau", "-received_at"], name="register_of_a_bureau")]

    def __str__(self) -> str:
        return self.number
