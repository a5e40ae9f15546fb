"""Carrying out effects after the commit: each claimed inside the transaction that notes its answer."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from workflows import registry
from workflows.background.backoff import next_try
from workflows.background.timers import fire_one
from workflows.door.child_runs import OPERATIONS
from workflows.door.commands import deliver_inside
from workflows.door.stepping import resume_run
from workflows.door.transaction import Act, lock_family
from workflows.engine import WaitGone
from workflows.errors import Busy, TryLater
from workflows.incidents.causes import cause_of
from workflows.incidents.raising import failed_effect, raise_incident, succeeded
from workflows.models import OutboxEntry, Run
from workflows.outage import is_outage

logger = logging.getLogger(__name__)
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
            OutboxEntry.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(done_at=None, next_try_at__lte=now)
            # What no token waits for, such as the paper of a document, goes on while its run is suspended.
            .exclude(~Q(task_id="") | Q(operation__in=OPERATIONS), run__status=Run.Status.SUSPENDED)
            .order_by("next_try_at", "id")
            .first()
        )
        if entry is None:
            return False
        try:
            with transaction.atomic():
                _carry_out(entry, now)
        except Exception as error:
            if is_outage(error):  # nothing can be noted, and nothing was: the entry is as it was
                raise
            _put_off(entry, error, now)
        else:
            entry.done_at = now
            entry.save(update_fields=["done_at"])
            if entry.attempt_count:
                succeeded(failed_effect(entry).key, now)
        return True


def _carry_out(entry: OutboxEntry, now: datetime) -> None:
    run = Run.objects.defer("state").get(pk=entry.run_id) if entry.run_id else None
    call = registry.EffectCall(entry.key, run, entry.payload, now)
    answer = registry.effect_named(entry.operation)(call) or {}
    if entry.task_id and run is not None:
        _give_answer(entry, run, answer, now)


def _give_answer(entry: OutboxEntry, run: Run, answer: Any, now: datetime) -> None:
    act = Act(family=lock_family(run.family_id), actor=None, now=now, agent="relay")
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.family_id != act.family.pk:
        raise Busy  # its matter joined another one while the answer waited for the old root
    if run.status == Run.Status.SUSPENDED:
        raise TryLater  # suspended between claim and lock: the answer is still wanted when the run goes on
    if run.status != Run.Status.RUNNING:
        return
    act.record("effect_done", run=run, element_id=entry.element_id, operation=entry.operation)
    entry.done_at = now
    entry.save(update_fields=["done_at"])
    try:
        resume_run(act, run, entry.task_id, answer)
    except WaitGone:
        act.record("effect_no_longer_awaited", run=run, operation=entry.operation)
    act.flush()


def _put_off(entry: OutboxEntry, error: Exception, now: datetime) -> None:
    """Try again later. A failure is an incident at once; a service that does not answer, after some attempts."""
    cause = cause_of(error)
    entry.attempt_count += 1
    entry.next_try_at = next_try(now, entry.attempt_count)
    entry.last_error = str(cause)
    entry.done_at = None
    entry.save(update_fields=["attempt_count", "next_try_at", "last_error", "done_at"])
    is_expected = isinstance(error, TryLater | Busy)
    if not is_expected:
        logger.warning("effect failed", exc_info=error, extra={"operation": entry.operation})
    if not is_expected or entry.attempt_count >= ATTEMPTS_BEFORE_INCIDENT:
        raise_incident(
            failed_effect(entry), cause, now=now, attempt=entry.attempt_count, next_try_at=entry.next_try_at
        )


def drain(now: datetime, *, limit: int = 1000) -> int:
    """Carry out what is due, timers and effects, until nothing is left; returns how many."""
    done = 0
    while done < limit and (fire_one(now) or relay_one(now)):
        done += 1
    return done
