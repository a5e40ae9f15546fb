"""The tipster's identity, sealed apart from the words under a second key."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TipIdentity(models.Model):
    """Name, contact and payee data of a tipster. Opened only for a recorded purpose."""

    tip = models.OneToOneField("tips.Tip", models.PROTECT, related_name="identity")
    sealed_identity = models.BinaryField(help_text=_("name, contact"))
    sealed_supervisor = models.BinaryField(null=True, help_text=_("which social supervisor reported"))
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"identity of {self.tip_id}"


class IdentityOpening(models.Model):
    """One look at an identity: who, for what, allowed by which step."""

    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="identity_openings")
    opened_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=64)
    work_item_id = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.tip_id} by {self.opened_by_id}"
