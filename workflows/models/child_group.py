"""A run that waits for child runs: one of a called process for each item of a list."""

from django.db import models


class ChildGroup(models.Model):
    """The wait of one multi-instance call activity; the children name it by run and task."""

    run = models.ForeignKey("workflows.Run", models.CASCADE, related_name="child_groups", db_index=False)
    task_id = models.CharField(max_length=36)
    element_id = models.CharField(max_length=64)
    process_id = models.CharField(max_length=64, help_text="the process that each child runs")
    is_sequential = models.BooleanField(help_text="one child after another")
    items = models.JSONField(help_text="what there is a child for, in this order")
    item_name = models.CharField(
        max_length=64, blank=True, help_text="variable in which a child finds its item"
    )
    data = models.JSONField(help_text="what every child begins with")
    asks = models.JSONField(help_text="variables that a child leaves behind")
    count = models.PositiveIntegerField()
    done_count = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "task_id"], name="one_child_group_per_task")]

    def __str__(self) -> str:
        return f"{self.element_id}: {self.done_count}/{self.count}"
