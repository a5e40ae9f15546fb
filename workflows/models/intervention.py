"""What an operator wants to do to a run by hand, and who allowed it."""

from django.conf import settings
from django.db import models


class Intervention(models.Model):
    """A step that the model does not know: asked for with a reason, decided by a second person."""

    class Kind(models.TextChoices):
        MOVE = "move"
        SKIP = "skip"
        CANCEL = "cancel"

    run = models.ForeignKey("workflows.Run", models.PROTECT, related_name="interventions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    task_id = models.CharField(max_length=36, blank=True, help_text="the wait that is moved or skipped")
    element_id = models.CharField(max_length=64, blank=True, help_text="where that wait stands")
    target_id = models.CharField(max_length=64, blank=True, help_text="element to which a token is moved")
    outcome = models.JSONField(default=dict, help_text="what a skipped step is taken to have answered")
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(null=True, help_text="empty until somebody has decided")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
                name="intervention_needs_a_second_person",
            ),
            models.UniqueConstraint(
                fields=["run"], condition=models.Q(decided_at=None), name="one_open_intervention_per_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.element_id} in {self.run_id}"
