"""The casework app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Registers the app with Django."""

    name = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lend the law of this app to the engine."""
        from casework.rules.deadlines import legal_deadline
        from workflows.legal_source import register_legal_deadlines

        register_legal_deadlines(legal_deadline)
