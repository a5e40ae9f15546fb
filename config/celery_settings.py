"""Celery's settings. A job may run twice and never decides anything alone: promises are in the database."""

from datetime import timedelta

from django.conf import settings

from config.settings.logs import HEARTBEATS

broker_url = settings.REDIS_URL
broker_connection_retry_on_startup = True
# A broker that hangs may hold up a poke for seconds, not a request for ever.
broker_transport_options = {
    "visibility_timeout": 3600,
    "global_keyprefix": "jobs:",
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
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
