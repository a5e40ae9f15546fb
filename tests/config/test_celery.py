"""Background jobs: what the beat starts exists, and nothing is lost with a worker."""

from django_structlog.celery.signals import bind_extra_task_metadata
from structlog.contextvars import bound_contextvars, get_contextvars

from config import celery_settings
from config.celery import app


def test_every_job_of_the_beat_is_one_that_workers_know() -> None:
    app.loader.import_default_modules()

    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_a_job_is_given_back_when_its_worker_dies() -> None:
    assert celery_settings.task_acks_late
    assert celery_settings.task_reject_on_worker_lost
    assert celery_settings.task_ignore_result


def test_every_line_of_a_job_names_the_job() -> None:
    app.loader.import_default_modules()
    task = app.tasks["workflows.relay_outbox"]
    with bound_contextvars(task=""):
        bind_extra_task_metadata.send(sender=None, task=task, logger=None)

        assert get_contextvars()["task"] == task.name
