"""Logging: one JSON object a line, with the request id, without addresses of people, receipt codes, words of errors."""

import logging
import re
from typing import Any

import structlog
from structlog.types import EventDict, Processor

from config import env
from config.bare_errors import bare_traceback, name_of

NEVER_LOGGED = frozenset(
    {
        "ip",
        "remote_addr",
        "client",
        "user_agent",
        "receipt_code",
        "password",
        "token",
        "cookie",
    }
)
HEARTBEATS = {
    "workflows.fire_due_timers": 1,
    "workflows.relay_outbox": 2,
    "workflows.seal_journal": 5,
    "workflows.watch_clocks": 30,
    "workflows.watch_runs": 20,
    "tips.sweep_uploads": 600,
    "tips.carry_budgets": 3600,
    "tips.watch_requests": 600,
    "tips.remind_of_claims": 600,
    "tips.begin_rests": 600,
    "tips.remove_purged_objects": 3600,
    "tips.begin_yearly_reports": 3600,
}
"""Jobs that the beat starts all the time, and after how many seconds again."""
ADDRESS = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3})(?![\w.])")


def without_private_parts(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Drop fields that may never be logged and blank network addresses in texts; loopback is nobody's."""
    for name in NEVER_LOGGED & event.keys():
        del event[name]
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = ADDRESS.sub(_blank, value)
    return event


def without_words_of_errors(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Of an error that is a value its kind; what is said of an error beside its traceback goes."""
    if event.get("exc_info"):
        event.pop("error", None)
        event.pop("exception", None)
    for name, value in event.items():
        if isinstance(value, BaseException):
            event[name] = name_of(value)
    return event


def bare_job(record: logging.LogRecord) -> bool:
    """Of a failed job Celery repeats the words of the error in its sentence: its kind stands there instead."""
    if isinstance(record.args, dict) and record.exc_info and record.exc_info[1] is not None:
        record.args = record.args | {"exc": name_of(record.exc_info[1])}
    return True


def without_heartbeats(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Drop the ordinary lines of jobs that the beat starts every few seconds; their failures stay."""
    job = event.get("child_task_name") or event.get("task")
    if job in HEARTBEATS and event.get("level") in {"info", "debug"}:
        raise structlog.DropEvent
    return event


def _blank(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith(("127.", "0.0.0.0")) else "[address]"


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    without_words_of_errors,
    structlog.processors.ExceptionRenderer(bare_traceback),
    without_heartbeats,
    without_private_parts,
]


def renderer() -> Processor:
    """JSON for machines, or the console form for a person at a terminal."""
    if env.choice("FUNDGUARD_LOG", ("json", "console")) == "console":
        return structlog.dev.ConsoleRenderer(colors=False)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def configure_structlog() -> None:
    """Send structlog's events through the standard library's handlers."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer()],
            "foreign_pre_chain": SHARED,
        }
    },
    "filters": {"bare_jobs": {"()": lambda: bare_job}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("FUNDGUARD_LOG_LEVEL")},
    "loggers": {
        # Both name the caller's network address on every line.
        "uvicorn.access": {"level": logging.CRITICAL, "handlers": [], "propagate": False},
        "django.server": {"level": logging.CRITICAL, "handlers": [], "propagate": False},
        # Uvicorn's own handlers print lines that are no JSON.
        "uvicorn": {"level": "INFO", "handlers": [], "propagate": True},
        # What these say of each job, the structured job log says with the request id.
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING", "filters": ["bare_jobs"]},
        # The library logs every token that moves; the journal says what people need to know.
        "spiff": {"level": "WARNING"},
        # The structured request log says the same with the request id.
        "django.request": {"level": "ERROR"},
    },
}
