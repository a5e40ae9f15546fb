"""The PIN of an anonymous tipster, as a hash alone, and what lets somebody claim who has forgotten it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ClaimPin(models.Model):
    """What an anonymous claim needs beside the receipt code. Deleted when the tip is purged."""

    tip = models.OneToOneField("tips.Tip", models.PROTECT, primary_key=True, related_name="claim_pin")
    digest = models.CharField(max_length=160, help_text=_("Argon2id of the peppered PIN, bound to the tip"))
    pepper = models.CharField(max_length=16, help_text=_("name of the pepper"))
    chosen_at = models.DateTimeField()
    wrong_count = models.PositiveIntegerField(
        default=0, help_text=_("wrong PINs so far; whoever confirms the identity sees it")
    )

    def __str__(self) -> str:
        return f"PIN of {self.tip_id}"


class PinWaiver(models.Model):
    """A person proved who they are to the officer outside the case: one claim in that name needs no PIN."""

    reward = models.ForeignKey("tips.Reward", models.PROTECT, related_name="pin_waivers")
    sealed_person = models.BinaryField(help_text=_("name and identity number, under the identity key"))
    reasons = models.TextField(_("how it was proved"))
    waived_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    waived_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reward"], condition=Q(used_at=None), name="one_open_pin_waiver_a_reward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reward_id} by {self.waived_by_id}"
