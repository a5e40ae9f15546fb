"""Firing due timers: claimed inside the transaction of the step, many at a time; a failure puts off one alone."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from workflows.backoff import next_try
from workflows.causes import cause_of
from workflows.incidents import failed_timer, raise_incident, succeeded
from workflows.models import Run, Timer
from workflows.stepping import resume_run
from workflows.transaction import Act

logger = logging.getLogger(__name__)
# Matters of a batch stay locked until its commit: people wait for a tenth of a second, not for two.
BATCH = 25


def fire_batch(now: datetime, most: int = BATCH) -> int:
    """Fire up to `most` due timers in one transaction; returns how many rows were dealt with.

    When one of them fails, all are rolled back and fired one by one, so that the failing one alone is put off.
    """
    try:
        with transaction.atomic(durable=True):
            timers = _claimed(_due(now), most)
            _fire(timers, now)
            return len(timers)
    except Exception as error:
        logger.warning("timers of a batch are fired one by one", extra={"reason": type(error).__name__})
    done = 0
    while done < most and fire_one(now):
        done += 1
    return done


def fire_one(now: datetime) -> bool:
    """Fire one due timer, or try one again whose pause after a failure is over; say whether there was one."""
    return _fire_alone(_due(now), now) or retry_one(now)


def retry_one(now: datetime) -> bool:
    """Try one timer again whose pause after a failure is over; say whether there was one."""
    return _fire_alone(_put_off(now), now)


def _due(now: datetime) -> QuerySet[Timer]:
    fresh = Timer.objects.filter(due_at__lt=now, put_off_until=None, skipped_at=None)
    return fresh.order_by("due_at", "id")


def _put_off(now: datetime) -> QuerySet[Timer]:
    failed = Timer.objects.filter(due_at__lt=now, put_off_until__lte=now, skipped_at=None)
    return failed.order_by("put_off_until", "id")


def _claimed(found: QuerySet[Timer], most: int) -> list[Timer]:
    """Lock timers with their runs and families, passing over what anybody else holds: nobody ever waits here."""
    claim = found.select_related("run__family").select_for_update(
        skip_locked=True, of=("self", "run", "run__family")
    )
    return list(claim[:most])


def _fire_alone(found: QuerySet[Timer], now: datetime) -> bool:
    with transaction.atomic(durable=True):
        for timer in _claimed(found, 1):
            try:
                with transaction.atomic():
                    _fire([timer], now)
            except Exception as error:
                _put_off_after(timer, error, now)
            else:
                if timer.attempt_count:
                    succeeded(failed_timer(timer).key, now)
            return True
        return False


def _fire(timers: list[Timer], now: datetime) -> None:
    """Move the run of each timer on; one act writes journal and outbox of all of them at the end."""
    if not timers:
        return
    act = Act(family=timers[0].run.family, actor=None, now=now, agent="timer")
    moved = set()
    for timer in timers:
        run = timer.run
        if run.status != Run.Status.RUNNING:
            timer.delete()
        elif (
            run.pk not in moved
        ):  # a second timer of the run waits for the next batch: the first may withdraw it
            moved.add(run.pk)
            act.family = run.family
            act.record("timer_fired", run=run, element_id=timer.element_id)
            resume_run(act, run, timer.task_id, {})
    act.flush()


def _put_off_after(timer: Timer, error: Exception, now: datetime) -> None:
    timer.attempt_count += 1
    timer.put_off_until = next_try(now, timer.attempt_count)
    timer.save(update_fields=["attempt_count", "put_off_until"])
    logger.warning("timer failed", exc_info=error, extra={"element": timer.element_id})
    raise_incident(
        failed_timer(timer),
        cause_of(error),
        now=now,
        attempt=timer.attempt_count,
        next_try_at=timer.put_off_until,
    )
