"""The tips app."""

from django.apps import AppConfig


class TipsConfig(AppConfig):
    """Registers the app with Django."""

    name = "tips"
    default_auto_field = "django.db.models.BigAutoField"
