"""The house as a Django app: its management commands and nothing else."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Holds the commands that run the whole product on one machine."""

    name = "config"
    label = "house"

    def ready(self) -> None:
        """Make the job queue known wherever Django runs, so that pages can put jobs into it."""
        import config.celery
        import config.checks
        import config.demo_bureau.scenario  # noqa: F401
