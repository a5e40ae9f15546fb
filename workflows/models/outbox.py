"""What leaves and what arrives: effects to carry out, messages for runs, keys of commands already done."""

from django.db import models


class OutboxEntry(models.Model):
    """An outside effect, written in the transaction that wants it and carried out after the commit."""

    key = models.CharField(max_length=200, unique=True, help_text="run, node and purpose; never the attempt")
    operation = models.CharField(max_length=64, help_text="registered effect")
    run = models.ForeignKey("workflows.Run", models.PROTECT, null=True, related_name="outbox", db_index=False)
    task_id = models.CharField(
        max_length=36, blank=True, help_text="the token that waits for the answer, if any"
    )
    element_id = models.CharField(max_length=64, blank=True, help_text="where that token stands")
    payload = models.JSONField(default=dict, help_text="ids of rows, no content")
    attempt_count = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(done_at=None), name="outbox_to_do"),
            # What a run waits for is found without its past, however many laps it has run.
            models.Index(fields=["run", "done_at"], name="outbox_by_run"),
        ]

    def __str__(self) -> str:
        return self.key


class InboxEntry(models.Model):
    """The key of a command that was carried out, with its answer: a repeat gets the same answer."""

    key = models.CharField(max_length=200, primary_key=True)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Message(models.Model):
    """A message for a run, kept until the run waits for it."""

    key = models.CharField(max_length=200, unique=True)
    run = models.ForeignKey("workflows.Run", models.PROTECT, related_name="messages")
    name = models.CharField(max_length=64)
    data = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    consumed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["run", "name"], condition=models.Q(consumed_at=None), name="messages_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.run_id}"
