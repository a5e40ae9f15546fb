"""Firing due timers: claimed inside the transaction of the step, many at a time; a failure puts off one alone."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from workflows.background.backoff import next_try
from workflows.door.holding import HOLDING, Holding, from_columns
from workflows.door.rows import read, selected, width
from workflows.door.sql import fetch
from workflows.door.stepping import resume_run
from workflows.door.transaction import Act
from workflows.incidents.causes import cause_of
from workflows.incidents.raising import failed_timer, raise_incident, succeeded
from workflows.models import Family, Run, Timer
from workflows.outage import is_outage

logger = logging.getLogger(__name__)
# Matters of a batch stay locked until its commit: people wait for a tenth of a second, not for two.
BATCH = 25
_TIMER, _RUN, _FAMILY = (model._meta.db_table for model in (Timer, Run, Family))
_ROWS = f"""
    FROM "{_TIMER}" AS timer JOIN "{_RUN}" AS run ON run.id = timer.run_id
    JOIN "{_FAMILY}" AS family ON family.id = run.family_id
"""
_CLAIM = """
    SELECT timer.id {rows} WHERE timer.skipped_at IS NULL AND timer.due_at < %s AND run.status <> 'suspended'
    AND {which} LIMIT %s
    FOR UPDATE OF timer, family SKIP LOCKED
"""
_DUE = _CLAIM.format(rows=_ROWS, which="timer.put_off_until IS NULL ORDER BY timer.due_at, timer.id")
_PUT_OFF = _CLAIM.format(rows=_ROWS, which="timer.put_off_until <= %s ORDER BY timer.put_off_until, timer.id")
_READ = f"""
    SELECT {selected(Timer, "timer")}, {selected(Run, "run")}, {selected(Family, "family")}, {HOLDING}
    {_ROWS} WHERE timer.id = ANY(%s) ORDER BY timer.due_at, timer.id
"""


def fire_batch(now: datetime, most: int = BATCH) -> int:
    """Fire up to `most` due timers in one transaction; returns how many rows were dealt with.

    When one of them fails, all are rolled back and fired one by one, so that the failing one alone is put off.
    """
    try:
        with transaction.atomic(durable=True):
            claimed = due(now, most)
            _fire(claimed, now)
            return len(claimed)
    except Exception as error:
        if is_outage(error):
            raise
        logger.warning("timers of a batch are fired one by one", extra={"reason": type(error).__name__})
    done = 0
    while done < most and fire_one(now):
        done += 1
    return done


def fire_one(now: datetime) -> bool:
    """Fire one due timer, or try one again whose pause after a failure is over; say whether there was one."""
    return _fire_alone(due, now) or retry_one(now)


def retry_one(now: datetime) -> bool:
    """Try one timer again whose pause after a failure is over; say whether there was one."""
    return _fire_alone(_put_off, now)


def due(now: datetime, most: int) -> list[tuple[Timer, Holding]]:
    """Lock timers that are due with their families, passing over what anybody else holds: nobody waits here."""
    return _rows_of(fetch(_DUE, [now, most]))


def _put_off(now: datetime, most: int) -> list[tuple[Timer, Holding]]:
    """The same for timers whose pause after a failure is over."""
    return _rows_of(fetch(_PUT_OFF, [now, now, most]))


def _rows_of(claimed: list[tuple[Any, ...]]) -> list[tuple[Timer, Holding]]:
    """Read what was locked in a statement of its own, whose view of the rows is as new as the locks."""
    numbers = [number for (number,) in claimed]
    return [_read(row) for row in fetch(_READ, [numbers])] if numbers else []


def _read(row: tuple[Any, ...]) -> tuple[Timer, Holding]:
    *columns, waits, clocks = row
    first, second = width(Timer), width(Timer) + width(Run)
    timer, run = read(Timer, columns[:first]), read(Run, columns[first:second])
    timer.run, run.family = run, read(Family, columns[second:])
    return timer, from_columns(waits, clocks)


def _fire_alone(claim: Callable[[datetime, int], list[tuple[Timer, Holding]]], now: datetime) -> bool:
    with transaction.atomic(durable=True):
        for timer, holding in claim(now, 1):
            try:
                with transaction.atomic():
                    _fire([(timer, holding)], now)
            except Exception as error:
                if is_outage(error):
                    raise
                _put_off_after(timer, error, now)
            else:
                if timer.attempt_count:
                    succeeded(failed_timer(timer).key, now)
            return True
        return False


def _fire(claimed: list[tuple[Timer, Holding]], now: datetime) -> None:
    """Move the run of each timer on; one act writes what is left of all of them at the end."""
    if not claimed:
        return
    act = Act(family=claimed[0][0].run.family, actor=None, now=now, agent="timer")
    moved = set()
    for timer, holding in claimed:
        run = timer.run
        if run.status in (Run.Status.ENDED, Run.Status.CANCELLED):
            timer.delete()
        elif run.status == Run.Status.SUSPENDED:
            continue  # between claim and lock: it fires when the run goes on
        elif run.family_id not in moved:  # what the first changes, the second reads: in the next batch
            moved.add(run.family_id)
            act.family = run.family
            act.has_read(run, holding)
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
