"""Work that waits for a person."""

import uuid_utils.compat as uuid7
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class WorkItem(models.Model):
    """One user task of a run: who may take it, until when, and who did it."""

    class Status(models.TextChoices):
        OPEN = "open"
        SUSPENDED = "suspended"
        COMPLETED = "completed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    run = models.ForeignKey("workflows.Run", models.PROTECT, related_name="work_items", db_index=False)
    family = models.ForeignKey("workflows.Family", models.PROTECT, related_name="work_items")
    task_id = models.CharField(max_length=36, help_text="the token's place in the run's state")
    element_id = models.CharField(max_length=64)
    label = models.CharField(max_length=200, help_text="name of the task in the model")
    lane = models.CharField(max_length=32)
    unit_id = models.BigIntegerField()
    form = models.CharField(max_length=64)
    duty = models.CharField(max_length=32, blank=True)
    excludes = ArrayField(models.CharField(max_length=32), default=list)
    candidates = ArrayField(
        models.BigIntegerField(),
        null=True,
        help_text="accounts named for this item; empty means the whole lane",
    )
    data = models.JSONField(default=dict, help_text="the token's data when the item was offered")
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.OPEN)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="claimed_items",
        help_text="who took it",
    )
    claimed_at = models.DateTimeField(null=True)
    delegated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="delegated_items",
        help_text="who handed it on and gets it back when it is released",
    )
    clock = models.ForeignKey("workflows.Clock", models.PROTECT, null=True, related_name="work_items")
    due_at = models.DateTimeField(null=True, help_text="copy of the clock's due moment, for sorting")
    outcome = models.JSONField(null=True)
    offered_at = models.DateTimeField()
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="completed_items",
    )
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "task_id"], name="one_work_item_per_task"),
            models.CheckConstraint(
                condition=~models.Q(status="completed")
                | models.Q(completed_by__isnull=False, completed_at__isnull=False),
                name="completed_item_has_a_person",
            ),
        ]
        indexes = [
            # What a run waits for is found without its past, however many laps it has run.
            models.Index(fields=["run"], condition=models.Q(status="open"), name="open_work_by_run"),
            models.Index(
                fields=["unit_id", "lane", "due_at"],
                condition=models.Q(status="open"),
                name="open_work_by_lane",
            ),
            models.Index(
                fields=["assignee", "due_at"], condition=models.Q(status="open"), name="open_work_by_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.run_id})"
