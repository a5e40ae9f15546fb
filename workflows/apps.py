"""The workflows app."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Registers the app with Django."""

    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"
