"""One execution of a process, and the family that ties the runs of one matter together."""

import uuid_utils.compat as uuid7
from django.db import models


class Family(models.Model):
    """The root that a tip, its case and its reward share: locked first, before any of its runs."""

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Run(models.Model):
    """One execution of a definition. The state is the engine's own; everything else is derived from it."""

    class Status(models.TextChoices):
        RUNNING = "running"
        SUSPENDED = "suspended"
        ENDED = "ended"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    definition = models.ForeignKey("workflows.Definition", models.PROTECT, related_name="runs")
    family = models.ForeignKey(Family, models.PROTECT, related_name="runs")
    process_id = models.CharField(max_length=64)
    business_key = models.CharField(max_length=64, help_text="number that people use, e.g. the case number")
    subject_kind = models.CharField(max_length=32, help_text="tip, case or reward")
    subject_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(help_text="bureau in which the work is offered")
    revision = models.PositiveIntegerField(default=0)
    state = models.BinaryField()
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.RUNNING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    wait_count = models.PositiveIntegerField(
        null=True, help_text="how many waits the state holds; fewer rows mean that one was lost"
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="children",
        db_index=False,
        help_text="the run that waits for this one",
    )
    parent_task_id = models.CharField(max_length=36, blank=True)
    parent_element_id = models.CharField(max_length=64, blank=True, help_text="call activity of the parent")
    item_index = models.PositiveIntegerField(null=True, help_text="for which item of the parent's list")
    outcome = models.JSONField(null=True, help_text="what an ended child leaves to its parent")
    is_counted = models.BooleanField(default=False, help_text="whether the parent knows that it has ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=models.Q(parent=None, status__in=["running", "suspended"]),
                name="one_run_per_subject",
            ),
            models.UniqueConstraint(
                fields=["parent", "parent_task_id", "item_index"],
                condition=models.Q(parent__isnull=False),
                name="one_child_run_per_item",
            ),
            models.CheckConstraint(
                condition=models.Q(parent=None, item_index=None)
                | models.Q(parent__isnull=False, item_index__isnull=False),
                name="child_run_has_an_item",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["running", "suspended"], ended_at=None)
                | models.Q(status__in=["ended", "cancelled"], ended_at__isnull=False),
                name="run_ended_at_fits_status",
            ),
        ]
        indexes = [
            # The detector walks open runs only; steps leave the status alone and so do not touch it.
            models.Index(fields=["id"], condition=models.Q(status="running"), name="running_runs")
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.business_key}"

    @property
    def item_number(self) -> int | None:
        """Which item of its parent's list a child run is for, as people count."""
        return self.item_index + 1 if self.item_index is not None else None
