"""Background jobs: what the beat starts exists, and nothing is lost with a worker."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_structlog.celery.signals import bind_extra_task_metadata
from kombu import Message, Producer, Queue
from structlog.contextvars import bound_contextvars, get_contextvars

from config import addresses, celery_settings
from config.celery import app
from config.env import SettingRefused


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


@pytest.mark.parametrize(
    "options",
    [
        {"countdown": 61},
        {"eta": datetime.now(UTC) + timedelta(hours=1)},
        {"args": ["words of a tip"]},
        {"kwargs": {"case": {"number": 1}}},
    ],
)
def test_a_job_carries_ids_and_waits_for_nothing(options: dict[str, Any]) -> None:
    app.loader.import_default_modules()

    with pytest.raises(ValueError, match=r"row|broker"):
        app.tasks["workflows.relay_outbox"].apply_async(**options)


def test_a_job_with_the_id_of_a_row_is_sent() -> None:
    @app.task(name="tests.with_an_id")
    def job(number: int, key: str) -> None:
        """Nothing."""

    assert job.apply_async([1, "0194f2c0-0000-7000-8000-000000000000"], countdown=60).id


def test_the_broker_is_the_one_of_channels_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BROKER_URL", raising=False)
    assert addresses.broker_url("redis://one:6379/0") == "redis://one:6379/0"
    monkeypatch.setenv("BROKER_URL", "amqps://user:geheim@rabbit:5671/bureau")
    url = addresses.broker_url("redis://one:6379/0")
    assert url.startswith("amqps://") and "global_keyprefix" not in addresses.broker_options(url)
    monkeypatch.setenv("BROKER_URL", "http://user:geheim@rabbit")
    with pytest.raises(SettingRefused, match="BROKER_URL must start with") as refused:
        addresses.broker_url("redis://one:6379/0")
    assert "geheim" not in str(refused.value)


@pytest.fixture
def job_in_hand() -> Iterator[Message]:
    """A message that was given out and not acknowledged yet."""
    with app.connection_for_read() as connection:
        channel = connection.channel()
        queue = Queue("lost", channel=channel)
        queue.declare()
        Producer(channel).publish({}, routing_key="lost")
        message = queue.get(no_ack=False)
        assert message is not None
        transport = channel.connection
        yield message
        transport.client = connection


def lose(connection: Any) -> None:
    """What kombu leaves behind when the broker goes away."""
    channel = connection.channel
    channel._pool = channel._async_pool = None


def test_a_channel_with_a_job_in_hand_closes_after_its_connection_was_lost(job_in_hand: Message) -> None:
    job_in_hand.channel.connection.client = None
    lose(job_in_hand)

    job_in_hand.channel.close()


def test_a_job_that_ends_after_its_connection_was_lost_is_no_fault_of_the_worker(
    job_in_hand: Message, caplog: pytest.LogCaptureFixture
) -> None:
    channel, transport = job_in_hand.channel, job_in_hand.channel.connection
    lose(job_in_hand)
    channel.connection = None
    try:
        job_in_hand.ack_log_error(logging.getLogger("celery"), app.connection_for_read().connection_errors)
    finally:
        channel.connection = transport
