"""A published process model, kept for as long as a run was started under it."""

from django.db import models


class Definition(models.Model):
    """One process with the models and decisions that it calls, pinned by digest."""

    digest = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the whole closure")
    process_id = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField(help_text="counts up per process")
    payload = models.BinaryField(help_text="restored specification, as the engine wrote it")
    elements = models.JSONField(help_text="element id → facts declared in the model")
    diagrams = models.JSONField(help_text="process id → BPMN text, for the viewer")
    is_current = models.BooleanField(default=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process_id", "version"], name="definition_version_once"),
            models.UniqueConstraint(
                fields=["process_id"], condition=models.Q(is_current=True), name="one_current_definition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} v{self.version}"
