"""The job of the beat that seals the journal."""

from celery import shared_task

from workflows.now import now
from workflows.sealing.sealer import MOST, seal

MOST_BATCHES = 20


@shared_task(name="workflows.seal_journal", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def seal_journal() -> int:
    """Seal what waits, at most twenty full batches; returns how many entries."""
    sealed = 0
    for _ in range(MOST_BATCHES):
        count = seal(now())
        sealed += count
        if count < MOST:
            break
    return sealed
