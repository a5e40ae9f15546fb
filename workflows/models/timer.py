"""What a run waits for besides people: moments and messages."""

from django.db import models


class Timer(models.Model):
    """A waiting timer event. The due moment lives here: the engine is told that it fired, never asked."""

    run = models.ForeignKey("workflows.Run", models.CASCADE, related_name="timers", db_index=False)
    task_id = models.CharField(max_length=36)
    element_id = models.CharField(max_length=64)
    clock = models.ForeignKey("workflows.Clock", models.PROTECT, null=True, related_name="timers")
    due_at = models.DateTimeField()
    attempt_count = models.PositiveIntegerField(default=0, help_text="how often firing it has failed")
    put_off_until = models.DateTimeField(null=True, help_text="next try after a failure")
    skipped_at = models.DateTimeField(null=True, help_text="left out by two people; fires no more")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "task_id"], name="one_timer_per_task")]
        indexes = [
            # Those that failed stand in an index of their own: however many, they hold up nobody.
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(put_off_until=None, skipped_at=None),
                name="timers_to_fire",
            ),
            models.Index(
                fields=["put_off_until", "id"],
                condition=models.Q(put_off_until__isnull=False, skipped_at=None),
                name="timers_to_retry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element_id} at {self.due_at:%Y-%m-%d %H:%M}"


class Subscription(models.Model):
    """A message that a run waits for."""

    run = models.ForeignKey("workflows.Run", models.CASCADE, related_name="subscriptions", db_index=False)
    task_id = models.CharField(max_length=36)
    element_id = models.CharField(max_length=64)
    message = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "task_id"], name="one_subscription_per_task")]

    def __str__(self) -> str:
        return f"{self.message} for {self.run_id}"
