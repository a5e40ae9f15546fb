"""The engine as a Django app."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Registers what models and scenarios may name."""

    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers operations."""
        from workflows.background import children, relay  # noqa: F401
        from workflows.scenarios import acts, expectations  # noqa: F401
