"""The beat's job for legal clocks. A lost job does no harm: the next one finds the same rows."""

from celery import shared_task

from workflows.clocks import watch
from workflows.now import now


@shared_task(name="workflows.watch_clocks", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def watch_clocks() -> int:
    """Give the warnings that are due and keep the ends of paused periods ahead of today."""
    return watch.watch(now())
