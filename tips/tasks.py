"""The beat's jobs for tips and rewards. A lost job does no harm: the next one finds the same rows."""

from contextlib import suppress

from celery import shared_task

from casework.errors import StoreDown
from tips.coming_back.request_watch import watch_requests
from tips.purging.objects import remove_due
from tips.rewards.claim_reminders import remind_of_claims
from tips.rewards.rounds import begin_rests
from tips.services.carry_budget import carry_over
from tips.services.sweep_uploads import sweep
from tips.yearly.beginning import begin_reports
from workflows.now import now


@shared_task(name="tips.carry_budgets", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def carry_budgets() -> int:
    """Carry what is promised out of years that have ended."""
    return carry_over(now())


@shared_task(name="tips.watch_requests", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def watch_requests_of_tips() -> int:
    """Remind tipsters of what is awaited, warn officers of what is overdue."""
    return watch_requests(now())


@shared_task(name="tips.remind_of_claims", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def remind_tipsters_of_claims() -> int:
    """Remind tipsters of rewards that wait for them."""
    return remind_of_claims(now())


@shared_task(name="tips.begin_rests", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def begin_rests_of_rewards() -> int:
    """Begin the rounds for people who were paid by a lower amount."""
    return begin_rests(now())


@shared_task(name="tips.sweep_uploads", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_uploads() -> int:
    """Finish what is whole, forget abandoned uploads with their parts in the store."""
    return sweep(now())


@shared_task(
    name="tips.remove_purged_objects", acks_late=True, reject_on_worker_lost=True, ignore_result=True
)  # type: ignore[untyped-decorator]
def remove_purged_objects() -> int:
    """Remove sealed files of purged tips whose lock in the store has ended; with the store away, the next time."""
    with suppress(StoreDown):
        return remove_due(now())[0]
    return 0


@shared_task(name="tips.begin_yearly_reports", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def begin_yearly_reports() -> int:
    """Begin the reports of the year that ended last."""
    return begin_reports(now())
