"""The enforcement app."""

from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """Registers task pages and operations with the engine."""

    name = "enforcement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from enforcement import operations, scenario, task_pages  # noqa: F401
