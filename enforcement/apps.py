"""The enforcement app."""

from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """Registers the app with Django."""

    name = "enforcement"
    default_auto_field = "django.db.models.BigAutoField"
