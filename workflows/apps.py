"""The engine as a Django app."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Registers the relay's own effect and the sealer's job."""

    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers operations."""
        from workflows import clock_tasks, relay  # noqa: F401
        from workflows.scenarios import acts, expectations  # noqa: F401
        from workflows.sealing import tasks  # noqa: F401
