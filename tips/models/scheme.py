"""Reward schemes (奖励标准) as dated decision tables: proposed by one person, approved by another, never altered."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RewardScheme(models.Model):
    """A place's reward rule; what it says stands in its versions."""

    key = models.SlugField(_("short name"), max_length=32, unique=True)
    title = models.CharField(_("name in English"), max_length=120)
    title_zh = models.CharField(_("name in Chinese"), max_length=120)
    region_code = models.CharField(
        _("division code"), max_length=6, blank=True, help_text=_("empty: national, or for every place")
    )
    bureau = models.ForeignKey(
        "casework.Bureau",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("whose officials change it"),
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class SchemeProposal(models.Model):
    """A version or an assignment that somebody drafts and another person approves."""

    class Kind(models.TextChoices):
        VERSION = "version", _("version of a scheme")
        ASSIGNMENT = "assignment", _("scheme of the bureau")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        HANDED_IN = "handed_in", _("waits for approval")
        APPROVED = "approved", _("approved")
        DISCARDED = "discarded", _("discarded")

    kind = models.CharField(max_length=16, choices=Kind.choices)
    scheme = models.ForeignKey(RewardScheme, models.PROTECT, related_name="proposals")
    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="+")
    data = models.JSONField(default=dict, help_text=_("the version as data, or the first day"))
    remark = models.TextField(_("reasons"), blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    proposed_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer"), blank=True)
    decided_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="scheme_proposal_four_eyes",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.kind} {self.state}"


class RewardSchemeVersion(models.Model):
    """What a scheme says from a day on. Comes with the product (no proposal) or was approved; never altered."""

    is_append_only = True
    scheme = models.ForeignKey(RewardScheme, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    in_force_from = models.DateField(_("in force from"))
    data = models.JSONField(help_text=_("in the shape of tips/rules/data/reward_schemes.yaml"))
    proposal = models.OneToOneField(SchemeProposal, models.PROTECT, null=True, related_name="version")
    drafted_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["scheme_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="one_version_of_a_number"),
            models.CheckConstraint(
                name="scheme_version_four_eyes",
                condition=Q(proposal=None, drafted_by=None, approved_by=None)
                | (Q(drafted_by__isnull=False, approved_by__isnull=False) & ~Q(drafted_by=F("approved_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id} v{self.number}"


class SchemeWithdrawal(models.Model):
    """An approved version taken back before its first day; it never held."""

    is_append_only = True
    version = models.OneToOneField(RewardSchemeVersion, models.PROTECT, related_name="withdrawal")
    reasons = models.TextField(_("reasons"))
    withdrawn_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version_id}"


class SchemeAssignment(models.Model):
    """The scheme of a bureau from a day on; before the first one that which was set up with the bureau counts."""

    is_append_only = True
    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="+")
    scheme = models.ForeignKey(RewardScheme, models.PROTECT, related_name="assignments")
    in_force_from = models.DateField(_("in force from"))
    proposal = models.OneToOneField(SchemeProposal, models.PROTECT, related_name="assignment")
    approved_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["bureau_id", "in_force_from", "id"]

    def __str__(self) -> str:
        return f"{self.bureau_id} {self.scheme_id} {self.in_force_from}"
