"""Destroying what a tip has sealed: holds that forbid it, purges with their approvals, objects still to remove."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from workflows.models import Run


class TipHold(models.Model):
    """A legal hold (保留要求): while it stands, the tip cannot be purged."""

    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="holds")
    reasons = models.TextField(_("reasons"))
    set_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lift_reasons = models.TextField(blank=True)
    lifted_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-set_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tip"], condition=models.Q(lifted_at=None), name="one_hold_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"hold on {self.tip_id}"


class TipPurge(models.Model):
    """One proposal to destroy the sealed content of a tip. Where it stands is derived from its run."""

    class Ground(models.TextChoices):
        RETENTION = "retention", _("the period of keeping is over")
        TIPSTER = "tipster", _("the tipster asks for it and the law allows it")
        PROTECTION = "protection", _("the tipster's safety needs it")
        DEMAND = "demand", _("a court or a supervisory body orders it")

    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="purges")
    run = models.OneToOneField("workflows.Run", models.PROTECT, null=True, related_name="+")
    ground = models.CharField(_("ground"), max_length=16, choices=Ground.choices)
    reasons = models.TextField(_("reasons"))
    proposed_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.JSONField(
        default=list, help_text=_("what stood in the way when the waiting time was over")
    )
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]

    def __str__(self) -> str:
        return f"purge of {self.tip_id}"

    @property
    def leading_run(self) -> "Run":
        """The run that leads the purge; there is one from the transaction on that proposes it."""
        assert self.run is not None, "a purge is proposed together with its run"
        return self.run


class TipPurgeApproval(models.Model):
    """One of two answers to a proposal, by different people."""

    purge = models.ForeignKey(TipPurge, models.PROTECT, related_name="approvals")
    step = models.PositiveSmallIntegerField(help_text=_("1 leader, 2 chief"))
    is_approved = models.BooleanField()
    reasons = models.TextField(_("reasons"))
    approved_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["purge", "step"], name="purge_answered_once_a_step"),
            models.UniqueConstraint(fields=["purge", "approved_by"], name="purge_approved_by_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.purge_id} step {self.step}"


class PurgedObject(models.Model):
    """A sealed object of a purged tip, which nobody can open any more, until the store gives it up."""

    purge = models.ForeignKey(TipPurge, models.PROTECT, related_name="sealed_objects")
    object_key = models.CharField(max_length=200)
    due_at = models.DateTimeField(help_text=_("the store keeps it until then"))
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["purge", "object_key"], name="purged_object_noted_once")
        ]

    def __str__(self) -> str:
        return self.object_key
