"""What a run waits for besides people: moments and messages."""

from django.db import models


class Timer(models.Model):
    """A waiting timer event. The due moment lives here: the engine is told that it fired, never asked."""

    run = models.ForeignKey("workflows.Run", models.CASCADE, related_name="timers")
    task_id = models.CharField(max_length=36)
    element_id = models.CharField(max_length=64)
    clock = models.ForeignKey("workflows.Clock", models.PROTECT, null=True, related_name="timers")
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "task_id"], name="one_timer_per_task")]

    def __str__(self) -> str:
        return f"{self.element_id} at {self.due_at:%Y-%m-%d %H:%M}"


class Subscription(models.Model):
    """A message that a run waits for."""

    run = models.ForeignKey("workflows.Run", models.CASCADE, related_name="subscriptions")
    task_id = models.CharField(max_length=36)
    element_id = models.CharField(max_length=64)
    message = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "task_id"], name="one_subscription_per_task")]

    def __str__(self) -> str:
        return f"{self.message} for {self.run_id}"
