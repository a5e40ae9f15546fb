"""Runs that were carried over to another version of their model, and how they were before."""

from django.conf import settings
from django.db import models


class RunMigration(models.Model):
    """One decision to carry runs over: from which version to which, and what is called differently there."""

    source = models.ForeignKey("workflows.Definition", models.PROTECT, related_name="+")
    target = models.ForeignKey("workflows.Definition", models.PROTECT, related_name="+")
    renamed = models.JSONField(default=dict, help_text="element here: element there")
    reason = models.TextField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="empty: a command"
    )
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.source_id[:12]} → {self.target_id[:12]}"


class RunSnapshot(models.Model):
    """A run as it was before a migration; it can be restored as long as the run has not moved since."""

    migration = models.ForeignKey(RunMigration, models.PROTECT, related_name="snapshots")
    run = models.ForeignKey("workflows.Run", models.PROTECT, related_name="snapshots")
    state = models.BinaryField()
    revision = models.PositiveIntegerField(help_text="the run's revision right after the migration")
    taken_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["migration", "run"], name="one_snapshot_per_run_and_migration")
        ]

    def __str__(self) -> str:
        return f"{self.run_id} before {self.migration_id}"
