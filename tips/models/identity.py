"""The tipster's identity, sealed apart from the words under a second key."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from workflows.models import Run


class TipIdentity(models.Model):
    """Name, contact and payee data of a tipster. Opened only for a recorded purpose."""

    tip = models.OneToOneField("tips.Tip", models.PROTECT, related_name="identity")
    sealed_identity = models.BinaryField(help_text=_("name, contact"))
    sealed_supervisor = models.BinaryField(null=True, help_text=_("which social supervisor reported"))
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"identity of {self.tip_id}"


class IdentityRequest(models.Model):
    """Somebody who works on a tip asks to see the identity, for a purpose and a time. The run decides."""

    class Purpose(models.TextChoices):
        QUESTION = "question", _("A question that cannot be asked through the system")
        STATEMENT = "statement", _("Take a statement, or receive originals in person")
        PROTECTION = "protection", _("Protect the tipster from retaliation")
        DEMAND = "demand", _("A court, procuratorate or police demands it by law")
        REWARD = "reward", _("Reach the tipster about a reward")

    class Period(models.TextChoices):
        SHORT = "short", _("some hours")
        DAY = "day", _("a day and a night")

    class Role(models.TextChoices):
        OFFICER = "officer", _("official")
        LEADER = "leader", _("leader")

    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="identity_requests")
    run = models.OneToOneField("workflows.Run", models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    asker_role = models.CharField(max_length=16, choices=Role.choices)
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose.choices)
    reasons = models.TextField(_("reasons"))
    period = models.CharField(max_length=16, choices=Period.choices)
    asked_at = models.DateTimeField()
    is_approved = models.BooleanField(null=True)
    decision_reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(
        null=True, help_text=_("ended before it expired: by the asker, or with the referral of the tip")
    )

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
                name="nobody_approves_their_own_look",
            )
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} for {self.asked_by_id}"

    @property
    def leading_run(self) -> "Run":
        """The run that decides; there is one from the transaction on that asks."""
        assert self.run is not None, "a request is made together with its run"
        return self.run

    def is_open_at(self, now: datetime) -> bool:
        """Whether the asker may look at this moment."""
        return bool(self.is_approved and self.ended_at is None and self.expires_at and now < self.expires_at)


class IdentityOpening(models.Model):
    """One look at an identity: who, for what, allowed by which step or request."""

    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="identity_openings")
    opened_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=64)
    work_item_id = models.UUIDField(null=True)
    request = models.ForeignKey(IdentityRequest, models.PROTECT, null=True, related_name="looks")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(work_item_id=None) ^ models.Q(request=None), name="every_look_was_allowed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} by {self.opened_by_id}"
