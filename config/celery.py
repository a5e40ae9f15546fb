"""Background jobs: late acknowledgement, no results kept, timers and outbox on a short beat."""

import os
from typing import Any

from celery import Celery, Task
from celery.signals import setup_logging
from django.dispatch import receiver
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep
from structlog.contextvars import bind_contextvars

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("fundguard")
app.config_from_object("config.celery_settings")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks(["workflows", "casework", "enforcement", "tips"])


@receiver(bind_extra_task_metadata)
def name_the_job_on_every_line(task: Task, **_: Any) -> None:
    """Let each line that a job logs carry the job's name beside the request id."""
    bind_contextvars(task=task.name)


@setup_logging.connect  # type: ignore[untyped-decorator]
def use_the_logging_of_the_pages(**_: Any) -> None:
    """Keep Celery from installing its own log format."""
    from logging.config import dictConfig

    from django.conf import settings

    dictConfig(settings.LOGGING)
