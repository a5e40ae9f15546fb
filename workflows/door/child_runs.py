"""Child runs as the steps of a run see them: wanted for each item, told of when they end, taken back together.

The work is the relay's (`workflows.background.children`): here are only rows. Whatever the number of children, a
step of the parent writes one row for them and sends one message.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from workflows import engine
from workflows.door.transaction import Act
from workflows.models import ChildGroup, Clock, OutboxEntry, Run, Subscription, Timer, WorkItem

BEGIN = "workflows.begin_children"
ENDED = "workflows.child_ended"
LOOK = "workflows.look_after_children"
# What the relay does for the children of a run; none of it can be left out.
OPERATIONS = (BEGIN, ENDED, LOOK)
OPEN = (Run.Status.RUNNING, Run.Status.SUSPENDED)

_GROUP = ChildGroup._meta.db_table
_END_RUNS = f"""UPDATE "{Run._meta.db_table}" SET status = 'cancelled', ended_at = %s, wait_count = 0,
    revision = revision + 1 WHERE id = ANY(%s)"""
_CANCEL_WORK = f"""UPDATE "{WorkItem._meta.db_table}" SET status = 'cancelled'
    WHERE run_id = ANY(%s) AND status IN ('open', 'suspended')"""
_END_CLOCKS = f'UPDATE "{Clock._meta.db_table}" SET ended_at = %s WHERE run_id = ANY(%s) AND ended_at IS NULL'
_FORGET = [f'DELETE FROM "{table}" WHERE run_id = ANY(%s)' for table in (
    Timer._meta.db_table, Subscription._meta.db_table, _GROUP
)]  # fmt: skip
_FORGET_GROUPS = f'DELETE FROM "{_GROUP}" WHERE run_id = %s AND task_id = ANY(%s)'


def open_group(act: Act, run: Run, wait: engine.Wait) -> None:
    """Note what a run wants of its children and have the relay begin them."""
    children = wait.children
    assert children is not None, "a multi-instance call says what it wants"
    act.change.add(
        ChildGroup(
            run=run,
            task_id=wait.task_id,
            element_id=wait.element_id,
            process_id=children.process_id,
            is_sequential=children.is_sequential,
            items=engine.as_json_values(children.items),
            item_name=children.item,
            data=engine.as_json_values(children.data),
            asks=list(children.asks),
            count=len(children.items),
            opened_at=act.now,
        )
    )
    ask_to_begin(act, run, wait.task_id, 0)


def ask_to_begin(
    act: Act, run: Run, task_id: str, first: int, *, only: bool = False, again: str = ""
) -> None:
    """Have children begun, from an item on or only for that one; `again` tells a later round from the first."""
    key = f"{run.pk}:{task_id}:children:{first}{':only' if only else ''}{again}"
    act.send(BEGIN, key=key, payload={"task": task_id, "first": first, "only": only, "again": again}, run=run)


def ask_to_look(act: Act, run: Run, task_id: str) -> None:
    """Have a group put right of which a message was lost."""
    key = f"{run.pk}:{task_id}:look:{act.now.isoformat()}"
    act.send(LOOK, key=key, payload={"task": task_id}, run=run)


def report_end(act: Act, run: Run, data: Mapping[str, Any]) -> None:
    """Keep what a child leaves to its parent, and send word of its end."""
    assert run.parent_id is not None, "only a child reports"
    groups = ChildGroup.objects.filter(run_id=run.parent_id, task_id=run.parent_task_id)
    asks = groups.values_list("asks", flat=True).first() or []
    outcome = {name: data[name] for name in asks if name in data}
    act.change.alter(run, outcome=engine.as_json_values(outcome))
    act.change.add(message_of(run, act.now), or_ignore=True)
    act.pokes.outbox = True


def message_of(child: Run, now: datetime) -> OutboxEntry:
    """The word of its end that a child sends to its parent."""
    return OutboxEntry(
        key=f"{child.pk}:ended",
        operation=ENDED,
        run_id=child.parent_id,
        element_id=child.parent_element_id,
        payload={"task": child.parent_task_id, "child": str(child.pk)},
        next_try_at=now,
        created_at=now,
    )


def open_children(runs: Collection[Any], *, task_ids: Collection[str] | None = None) -> list[Run]:
    """The open child runs of these runs, and theirs, outer ones first; `task_ids`: only of these waits."""
    found: list[Run] = []
    below: Collection[Any] = runs
    while below:
        children = Run.objects.filter(parent__in=below, status__in=OPEN).defer("state", "outcome")
        if task_ids is not None and not found:
            children = children.filter(parent_task_id__in=task_ids)
        level = list(children.order_by("parent_id", "item_index"))
        found += level
        below = [child.pk for child in level]
    return found


def withdraw_children(act: Act, run: Run, task_ids: Collection[str]) -> None:
    """Take back what a run no longer waits for: its open child runs with their work, clocks and effects."""
    act.change.also(_FORGET_GROUPS, run.pk, list(task_ids))
    children = open_children([run.pk], task_ids=task_ids)
    if not children:
        return
    keys = [child.pk for child in children]
    units = WorkItem.objects.filter(run__in=keys, status=WorkItem.Status.OPEN).values_list(
        "unit_id", flat=True
    )
    act.pokes.units.update(units.distinct())
    act.change.also(_END_RUNS, act.now, keys)
    act.change.also(_CANCEL_WORK, keys)
    act.change.also(_END_CLOCKS, act.now, keys)
    for statement in _FORGET:
        act.change.also(statement, keys)
    withdraw_effects(OutboxEntry.objects.filter(run__in=keys), act.now)
    for child in children:
        act.record("run_withdrawn", run=child, element_id=child.parent_element_id, item=child.item_index)


def withdraw_effects(effects: QuerySet[OutboxEntry], now: datetime) -> None:
    """Take back effects that nobody carries out yet.

    The relay locks its entry before the family, a command the family first: waiting for a locked entry here
    could be a deadlock. An effect that is under way ends in an answer that nobody waits for.
    """
    free = effects.filter(done_at=None).select_for_update(skip_locked=True)
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in free]).update(
        done_at=now, last_error="withdrawn"
    )


def live_groups(run: Any) -> QuerySet[ChildGroup]:
    """The groups of a run in which something can still come: an open child, or the relay is at it."""
    children = Run.objects.filter(parent=OuterRef("run"), parent_task_id=OuterRef("task_id"), status__in=OPEN)
    at_it = OutboxEntry.objects.filter(run=OuterRef("run"), done_at=None, operation__in=OPERATIONS)
    return ChildGroup.objects.filter(Exists(children) | Exists(at_it), run=run)
