"""Background jobs: late acknowledgement, no results kept, timers and outbox on a short beat."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("fundguard")
app.config_from_object("config.celery_settings")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks(["workflows", "casework", "enforcement", "tips"])


@setup_logging.connect  # type: ignore[untyped-decorator]
def use_the_logging_of_the_pages(**_: Any) -> None:
    """Keep Celery from installing its own log format."""
    from logging.config import dictConfig

    from django.conf import settings

    dictConfig(settings.LOGGING)
