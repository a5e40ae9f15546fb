"""Failures that a person must know of, and the wish to try such a step again or to leave it out."""

from django.conf import settings
from django.db import models


class IncidentRequest(models.Model):
    """An operator wants failed steps to be tried again or left out; another person decides (four eyes)."""

    class Kind(models.TextChoices):
        RETRY = "retry"
        SKIP = "skip"

    kind = models.CharField(max_length=8, choices=Kind.choices)
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
                name="incident_request_needs_a_second_person",
            )
        ]

    def __str__(self) -> str:
        return self.reason[:80]


class Incident(models.Model):
    """A step of a run that failed and was rolled back, or a run that waits for nothing."""

    class Kind(models.TextChoices):
        EFFECT = "effect"
        TIMER = "timer"
        COMMAND = "command"
        MESSAGE = "message"
        STALLED = "stalled"
        START = "start"

    class Resolution(models.TextChoices):
        OPEN = ""
        SUCCEEDED = "succeeded"
        SKIPPED = "skipped"
        GONE = "gone"

    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.EFFECT)
    subject_key = models.CharField(
        max_length=240, help_text="what failed: at most one open incident for each"
    )
    run = models.ForeignKey("workflows.Run", models.PROTECT, null=True, related_name="incidents")
    outbox_entry = models.ForeignKey(
        "workflows.OutboxEntry", models.PROTECT, null=True, related_name="incidents"
    )
    task_id = models.CharField(max_length=36, blank=True)
    process_id = models.CharField(max_length=64, blank=True)
    element_id = models.CharField(max_length=64, blank=True)
    operation = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64, help_text="same cause, same fingerprint")
    error = models.CharField(
        max_length=120, help_text="kind of error; never its words, which may hold contents"
    )
    place = models.CharField(max_length=200, blank=True, help_text="where in the code")
    trace = models.TextField(blank=True, help_text="functions and lines on the way there, without values")
    remedy = models.CharField(max_length=24, help_text="code of the sentence that says what to do")
    attempt_count = models.PositiveIntegerField(default=1)
    raised_at = models.DateTimeField()
    last_failed_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True, help_text="empty: nothing is tried by itself")
    request = models.ForeignKey(IncidentRequest, models.PROTECT, null=True, related_name="incidents")
    resolved_at = models.DateTimeField(null=True)
    resolution = models.CharField(max_length=16, choices=Resolution.choices, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_key"], condition=models.Q(resolved_at=None), name="one_open_incident_each"
            )
        ]
        indexes = [
            models.Index(fields=["fingerprint"], condition=models.Q(resolved_at=None), name="open_incidents")
        ]

    def __str__(self) -> str:
        return f"{self.error} at {self.place}" if self.place else self.error
