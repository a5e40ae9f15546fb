"""A file that is still arriving, in parts."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class TipUpload(models.Model):
    """What has arrived of a file: any web process can go on from here. Becomes a `TipFile` with the same id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tip = models.ForeignKey("tips.Tip", models.PROTECT, null=True, related_name="uploads")
    basket = models.CharField(
        max_length=64, blank=True, db_index=True, help_text=_("hash of the secret of a form not yet sent")
    )
    wrapped_key = models.BinaryField(help_text=_("under the key of the basket, then of the tip"))
    sealed_name = models.BinaryField(help_text=_("under the file's key"))
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField()
    arrived = models.PositiveBigIntegerField(default=0, help_text=_("how many bytes are in the store"))
    object_key = models.CharField(max_length=200, unique=True)
    store_upload = models.CharField(max_length=500, blank=True, help_text=_("the store's name for it"))
    marks = models.JSONField(default=list, help_text=_("the store's mark of each part"))
    version_id = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tip=None) ^ models.Q(basket=""), name="upload_has_one_owner"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_whole(self) -> bool:
        """Whether all of it has arrived."""
        return bool(self.version_id)
