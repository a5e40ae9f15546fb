"""The tips app."""

from django.apps import AppConfig


class TipsConfig(AppConfig):
    """Registers the app with Django, and with the engine what models may call and show."""

    name = "tips"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make operations, claim hooks and task pages known."""
        from tips import clock_door, operations, permissions, scenario, task_pages, tip_faces  # noqa: F401

        tip_faces.register()
        clock_door.register()
