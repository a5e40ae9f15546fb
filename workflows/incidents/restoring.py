"""Giving a run that waits for nothing its waits back: rows are derived from the state, so they can be derived again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from workflows import definitions, engine
from workflows.door.child_runs import ask_to_look
from workflows.door.stepping import RunHost, apply
from workflows.door.transaction import Act, lock_family
from workflows.errors import NothingToRestore
from workflows.incidents.waiting import open_tasks
from workflows.models import OutboxEntry, Run, Timer, WorkItem


def restore_waits(run: Run, *, actor: Any, now: datetime) -> int:
    """Write the waits of a run's stored state that have no row any more; returns how many.

    Raises: NothingToRestore.
    """
    with transaction.atomic(durable=True):
        act = Act(family=lock_family(run.family_id), actor=actor, now=now)
        locked = Run.objects.select_for_update().get(pk=run.pk)
        definition = definitions.live(locked.definition_id)
        state = bytes(locked.state)
        waits = engine.waits(definition.spec, state, host=RunHost(act, locked, definition.elements))
        known = open_tasks(locked)
        missing = [wait for wait in waits if wait.task_id not in known]
        if locked.status != Run.Status.RUNNING or not missing:
            raise NothingToRestore
        _open_again(locked, [wait.task_id for wait in missing], now)
        apply(act, locked, engine.Step(state=state, waits=waits, passed=(), ended=False, data={}))
        for wait in missing:
            if wait.kind == "children":
                ask_to_look(act, locked, wait.task_id)
        act.record("waits_restored", run=locked, count=len(missing))
        act.flush()
        return len(missing)


def _open_again(run: Run, task_ids: list[str], now: datetime) -> None:
    """Rows that are there but closed count again; an effect runs with its old key, so nothing happens twice."""
    cancelled = WorkItem.objects.filter(run=run, task_id__in=task_ids, status=WorkItem.Status.CANCELLED)
    cancelled.update(status=WorkItem.Status.OPEN)
    OutboxEntry.objects.filter(run=run, task_id__in=task_ids).update(done_at=None, next_try_at=now)
    Timer.objects.filter(run=run, task_id__in=task_ids).update(skipped_at=None, put_off_until=None)
