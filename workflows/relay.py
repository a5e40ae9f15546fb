"""Carrying out effects after the commit and firing due timers: each claimed inside its own transaction."""

import hashlib
import logging
import random
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from workflows import registry
from workflows.commands import deliver_inside
from workflows.engine import WaitGone
from workflows.errors import TryLater
from workflows.models import Incident, OutboxEntry, Run, Timer
from workflows.stepping import resume_run
from workflows.transaction import Act, lock_family

logger = logging.getLogger(__name__)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=30)
ATTEMPTS_BEFORE_INCIDENT = 5


@registry.effect("workflows.deliver")
def deliver_message(call: registry.EffectCall) -> None:
    """Hand a message to another run."""
    deliver_inside(
        call.payload["run"],
        call.payload["message"],
        call.payload["data"],
        key=call.key,
        now=call.now,
        agent="relay",
    )


def relay_one(now: datetime) -> bool:
    """Carry out one due effect; say whether there was one. A killed process leaves the row as it was."""
    with transaction.atomic(durable=True):
        entry = (
            OutboxEntry.objects.select_for_update(skip_locked=True)
            .filter(done_at=None, next_try_at__lte=now)
            .order_by("next_try_at", "id")
            .first()
        )
        if entry is None:
            return False
        try:
            with transaction.atomic():
                _carry_out(entry, now)
        except Exception as error:
            _put_off(entry, error, now)
        else:
            entry.done_at = now
            entry.save(update_fields=["done_at"])
        return True


def fire_one(now: datetime) -> bool:
    """Fire one due timer inside the step's own transaction; say whether there was one."""
    with transaction.atomic(durable=True):
        timer = (
            Timer.objects.select_for_update(skip_locked=True)
            .filter(due_at__lt=now, run__status=Run.Status.RUNNING)
            .order_by("due_at", "id")
            .first()
        )
        if timer is None:
            return False
        _fire(timer, now)
        return True


def _fire(timer: Timer, now: datetime) -> None:
    family = lock_family(timer.run.family_id)
    run = Run.objects.select_for_update().get(pk=timer.run_id)
    if not Timer.objects.filter(pk=timer.pk).exists():
        return
    act = Act(family=family, actor=None, now=now, agent="timer")
    act.record("timer_fired", run=run, element_id=timer.element_id)
    resume_run(act, run, timer.task_id, {})
    act.flush()


def _carry_out(entry: OutboxEntry, now: datetime) -> None:
    run = Run.objects.get(pk=entry.run_id) if entry.run_id else None
    call = registry.EffectCall(entry.key, run, entry.payload, now)
    answer = registry.effect_named(entry.operation)(call) or {}
    if entry.task_id and run is not None:
        _give_answer(entry, run, answer, now)


def _give_answer(entry: OutboxEntry, run: Run, answer: Any, now: datetime) -> None:
    act = Act(family=lock_family(run.family_id), actor=None, now=now, agent="relay")
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.status != Run.Status.RUNNING:
        return
    act.record("effect_done", run=run, operation=entry.operation)
    entry.done_at = now
    entry.save(update_fields=["done_at"])
    try:
        resume_run(act, run, entry.task_id, answer)
    except WaitGone:
        act.record("effect_no_longer_awaited", run=run, operation=entry.operation)
    act.flush()


def _put_off(entry: OutboxEntry, error: Exception, now: datetime) -> None:
    """Try again later, with back-off and jitter; after some attempts somebody has to look."""
    entry.attempt_count += 1
    wait = min(FIRST_WAIT * 2 ** min(entry.attempt_count - 1, 16), LONGEST_WAIT)
    entry.next_try_at = now + wait * random.uniform(0.8, 1.2)
    entry.last_error = f"{type(error).__name__}: {error}"[:500]
    entry.done_at = None
    entry.save(update_fields=["attempt_count", "next_try_at", "last_error", "done_at"])
    if not isinstance(error, TryLater):
        logger.warning("effect failed", exc_info=error, extra={"operation": entry.operation})
    if entry.attempt_count == ATTEMPTS_BEFORE_INCIDENT:
        _raise_incident(entry, error, now)


def _raise_incident(entry: OutboxEntry, error: Exception, now: datetime) -> None:
    cause = f"{entry.operation}:{type(error).__name__}"
    Incident.objects.create(
        run_id=entry.run_id,
        outbox_entry=entry,
        fingerprint=hashlib.sha256(cause.encode()).hexdigest(),
        message=entry.last_error,
        attempt_count=entry.attempt_count,
        raised_at=now,
    )


def drain(now: datetime, *, limit: int = 1000) -> int:
    """Carry out what is due, timers and effects, until nothing is left; returns how many."""
    done = 0
    while done < limit and (fire_one(now) or relay_one(now)):
        done += 1
    return done
