"""Two-way messages between the bureau and a tipster who may stay unknown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TipMessage(models.Model):
    """One message, sealed under the tip's key."""

    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="messages")
    key = models.CharField(max_length=200, unique=True, help_text=_("sent once"))
    is_from_tipster = models.BooleanField()
    sender = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    request = models.ForeignKey(
        "tips.RequestForTipster",
        models.PROTECT,
        null=True,
        related_name="answers",
        help_text=_("what it answers"),
    )
    sealed_text = models.BinaryField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sent_at", "id"]

    def __str__(self) -> str:
        return f"{self.tip_id} {self.sent_at:%Y-%m-%d %H:%M}"
