"""Background jobs: late acknowledgement, no results kept, timers and outbox on a short beat."""

import logging
import os
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from celery import Celery, Task
from celery.signals import celeryd_init, setup_logging
from django.dispatch import receiver
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep
from structlog.contextvars import bind_contextvars

logger = logging.getLogger(__name__)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

LONGEST_COUNTDOWN = timedelta(seconds=60)
NICENESS = 5


class RowJob(Task):  # type: ignore[misc]
    """A job names rows by their ids and is wanted now: what is to happen later is a row with a due moment.

    A job that loses the database ends without a fault: it was rolled back, and a later beat finds the same rows.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do it."""
        # Not at the top: the database's modules want Django's settings.
        from workflows.outage import is_outage

        try:
            return super().__call__(*args, **kwargs)
        except Exception as error:
            if not is_outage(error):
                raise
            logger.warning("job given up, the database is away", extra={"reason": type(error).__name__})
            return None

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        """Send it. Raises: ValueError for a payload that is no id, or a start that lies beyond a minute."""
        countdown = timedelta(seconds=options.get("countdown") or 0)
        eta = options.get("eta")
        if countdown > LONGEST_COUNTDOWN or (eta and eta > datetime.now(UTC) + LONGEST_COUNTDOWN):
            raise ValueError("A broker forgets; write a timer or an outbox entry with its due moment.")
        values = [*(args or ()), *(kwargs or {}).values()]
        if not all(isinstance(value, int | UUID) or _is_uuid(value) for value in values):
            raise ValueError("A job's payload is the id of a row; everything else stays in the database.")
        return super().apply_async(args, kwargs, **options)


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False


app = Celery("fundguard", task_cls=RowJob)
app.config_from_object("config.celery_settings")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks(
    ["workflows.background", "workflows.clocks", "workflows.sealing", "casework", "enforcement", "tips"]
)


@receiver(bind_extra_task_metadata)
def name_the_job_on_every_line(task: Task, **_: Any) -> None:
    """Let each line that a job logs carry the job's name beside the request id."""
    bind_contextvars(task=task.name)


@celeryd_init.connect  # type: ignore[untyped-decorator]
def let_pages_go_first(**_: Any) -> None:
    """On a full machine whoever waits in front of a page comes before work that nobody looks at."""
    os.nice(NICENESS)


@setup_logging.connect  # type: ignore[untyped-decorator]
def use_the_logging_of_the_pages(**_: Any) -> None:
    """Keep Celery from installing its own log format."""
    from logging.config import dictConfig

    from django.conf import settings

    dictConfig(settings.LOGGING)
