"""The wrapped keys of a tip, alone in a small table: backups that are kept for long leave it out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TipKey(models.Model):
    """What opens the words, files and identity of one tip; emptied when the tip is purged."""

    tip = models.OneToOneField("tips.Tip", models.PROTECT, primary_key=True, related_name="keys")
    for_bureau = models.BinaryField(null=True, help_text=_("content key, wrapped by the bureau's master key"))
    for_tipster = models.BinaryField(null=True, help_text=_("content key, wrapped by the receipt code"))
    identity = models.BinaryField(
        null=True, help_text=_("identity key, wrapped by the bureau's identity key")
    )
    pepper = models.CharField(
        max_length=16, blank=True, help_text=_("name of the pepper of the receipt; empty: from before names")
    )
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(destroyed_at=None)
                | models.Q(for_bureau=None, for_tipster=None, identity=None, pepper=""),
                name="destroyed_keys_are_gone",
            )
        ]

    def __str__(self) -> str:
        return f"keys of {self.tip_id}"
