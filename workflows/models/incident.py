"""A failure that a person must know of."""

from django.db import models


class Incident(models.Model):
    """A step, effect or timer that failed and was rolled back."""

    run = models.ForeignKey("workflows.Run", models.PROTECT, null=True, related_name="incidents")
    outbox_entry = models.ForeignKey(
        "workflows.OutboxEntry", models.PROTECT, null=True, related_name="incidents"
    )
    element_id = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64, help_text="same cause, same fingerprint")
    message = models.TextField()
    attempt_count = models.PositiveIntegerField(default=1)
    raised_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["fingerprint"], condition=models.Q(resolved_at=None), name="open_incidents")
        ]

    def __str__(self) -> str:
        return self.message[:80]
