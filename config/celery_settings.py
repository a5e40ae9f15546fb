"""Celery's settings. A job may run twice and never decides anything alone: promises are in the database."""

from datetime import timedelta

from django.conf import settings

from config import addresses
from config.settings.logs import HEARTBEATS

broker_url = settings.BROKER_URL
broker_connection_retry_on_startup = True
broker_connection_timeout = 2
broker_transport = addresses.broker_transport(broker_url)
broker_transport_options = addresses.broker_options(broker_url)
# In a RabbitMQ that others use too, the name says whose jobs these are.
task_default_queue = "fundguard"
task_acks_late = True
task_reject_on_worker_lost = True
task_ignore_result = True
task_always_eager = getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False)
task_time_limit = 15 * 60
task_soft_time_limit = 14 * 60
worker_prefetch_multiplier = 1
worker_max_tasks_per_child = 5000
worker_hijack_root_logger = False
worker_redirect_stdouts = False
enable_utc = True
timezone = "UTC"
# A beat that nobody took before the next one is worth nothing: the next one finds the same rows.
beat_schedule = {
    name: {"task": name, "schedule": timedelta(seconds=seconds), "options": {"expires": max(10, seconds)}}
    for name, seconds in HEARTBEATS.items()
}
