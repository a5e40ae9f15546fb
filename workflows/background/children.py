"""The relay's part in child runs: begin them in batches, count those that have ended, answer the parent's wait.

Every act locks the family and then the parent, so that children that end at the same moment are counted one after
another. Each is safe to repeat: a child is begun once for its item and counted once.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction

from workflows import definitions, engine, registry
from workflows.door.child_runs import BEGIN, ENDED, LOOK, OPEN, ask_to_begin
from workflows.door.sql import fetch
from workflows.door.stepping import begin, resume_run
from workflows.door.transaction import Act, lock_family
from workflows.errors import TryLater
from workflows.models import ChildGroup, Run
from workflows.outage import is_outage

logger = logging.getLogger(__name__)
# A matter stays locked while a batch begins: people wait for a tenth of a second, not for two.
BATCH = 20
_ITEMS = f"""
    SELECT jsonb_path_query_array(items, %s::jsonpath)::text FROM "{ChildGroup._meta.db_table}" WHERE id = %s
"""


class Parent:
    """A run with its family locked, and the group of one of its waits."""

    def __init__(self, run: Run, group: ChildGroup, now: datetime) -> None:
        self.run, self.group, self.now = run, group, now
        self.act = self.new_act()

    def new_act(self) -> Act:
        """An act of the relay in the parent's family."""
        return Act(family=self.run.family, actor=None, now=self.now, agent="relay")

    def children(self) -> Any:
        """The child runs of the wait, without their states."""
        return Run.objects.filter(parent=self.run, parent_task_id=self.group.task_id).defer("state")


def _locked(call: registry.EffectCall) -> Parent | None:
    """The parent, unless it no longer waits for these children. Raises: TryLater while it is suspended."""
    assert call.run is not None, "children belong to a run"
    family = lock_family(call.run.family_id)
    run = Run.objects.select_for_update().defer("state").get(pk=call.run.pk)
    run.family = family
    if run.status == Run.Status.SUSPENDED:
        raise TryLater
    group = ChildGroup.objects.filter(run=run, task_id=call.payload["task"]).defer("items").first()
    return Parent(run, group, call.now) if group is not None and run.status == Run.Status.RUNNING else None


@registry.effect(BEGIN)
def begin_children(call: registry.EffectCall) -> None:
    """Begin the next children, a batch at a time; one that fails is tried again alone and holds up nobody."""
    parent = _locked(call)
    if parent is None:
        return
    first, only, again = (call.payload[name] for name in ("first", "only", "again"))
    size = 1 if only or parent.group.is_sequential else BATCH
    items = _items(parent.group, first, size)
    known = parent.children().filter(item_index__gte=first, item_index__lt=first + size)
    begun = set(known.values_list("item_index", flat=True))
    for index, item in enumerate(items, start=first):
        if index not in begun:
            _begin_or_put_off(parent, index, item, alone=size == 1)
    following = first + len(items)
    if size > 1 and following < parent.group.count:
        ask_to_begin(parent.act, parent.run, parent.group.task_id, following, again=again)
    parent.act.flush()


def _items(group: ChildGroup, first: int, size: int) -> list[Any]:
    [(text,)] = fetch(_ITEMS, [f"$[{first} to {first + size - 1}]", group.pk])
    items: list[Any] = engine.from_json_values(orjson.loads(text))
    return items


def _begin_or_put_off(parent: Parent, index: int, item: Any, *, alone: bool) -> None:
    try:
        with transaction.atomic():
            _begin(parent, index, item)
    except Exception as error:
        if alone or is_outage(error):
            raise
        logger.warning("child run is tried again alone", exc_info=True, extra={"item": index})
        ask_to_begin(parent.act, parent.run, parent.group.task_id, index, only=True)


def _begin(parent: Parent, index: int, item: Any) -> None:
    run, group, act = parent.run, parent.group, parent.new_act()
    child = Run.objects.create(
        definition_id=run.definition_id,
        family=run.family,
        process_id=group.process_id,
        business_key=run.business_key,
        subject_kind=run.subject_kind,
        subject_id=run.subject_id,
        unit_id=run.unit_id,
        state=b"",
        started_at=parent.now,
        parent=run,
        parent_task_id=group.task_id,
        parent_element_id=group.element_id,
        item_index=index,
    )
    own = {group.item_name: item} if group.item_name else {}
    begin(act, child, {**engine.from_json_values(group.data), **own})
    act.flush()


@registry.effect(ENDED)
def child_ended(call: registry.EffectCall) -> None:
    """Count a child that has ended; answer the parent when all have, or when these are enough."""
    parent = _locked(call)
    if parent is None:
        return
    child = parent.children().get(pk=call.payload["child"])
    if not child.is_counted and not _count(parent, child) and parent.group.is_sequential:
        ask_to_begin(parent.act, parent.run, parent.group.task_id, child.item_index + 1)
    parent.act.flush()


def _count(parent: Parent, child: Run) -> bool:
    """Whether the parent goes on now."""
    group, definition = parent.group, definitions.live(parent.run.definition_id).spec
    Run.objects.filter(pk=child.pk).update(is_counted=True)
    group.done_count += 1
    group.save(update_fields=["done_count"])
    outcome: Mapping[str, Any] = engine.from_json_values(child.outcome)
    counts = {"count": group.count, "done": group.done_count}
    goes_on = group.done_count == group.count or engine.has_enough(
        definition, group.element_id, outcome, **counts
    )
    if goes_on:
        _answer(parent)
    return goes_on


def _answer(parent: Parent) -> None:
    """End the wait with the results of all that have ended; the step takes the other children back."""
    run, group, act = parent.run, parent.group, parent.act
    ended = parent.children().filter(outcome__isnull=False).order_by("item_index")
    outcomes = [engine.from_json_values(outcome) for outcome in ended.values_list("outcome", flat=True)]
    definition = definitions.live(run.definition_id).spec
    results = engine.results_of(definition, group.element_id, outcomes)
    act.record("children_done", run=run, element_id=group.element_id, count=len(outcomes), of=group.count)
    resume_run(act, run, group.task_id, results)


@registry.effect(LOOK)
def look_after_children(call: registry.EffectCall) -> None:
    """Put a group right whose messages were lost: count again, begin what was never begun, answer if all is done."""
    parent = _locked(call)
    if parent is None:
        return
    group = parent.group
    group.done_count = parent.children().filter(is_counted=True).count()
    for child in parent.children().filter(outcome__isnull=False, is_counted=False).order_by("item_index"):
        if _count(parent, child):
            parent.act.flush()
            return
    if group.done_count == group.count:
        _answer(parent)
    else:
        _begin_missing(parent)
    parent.act.flush()


def _begin_missing(parent: Parent) -> None:
    group = parent.group
    group.save(update_fields=["done_count"])
    begun = set(parent.children().values_list("item_index", flat=True))
    missing = next((index for index in range(group.count) if index not in begun), None)
    is_at_work = parent.children().filter(status__in=OPEN).exists()
    if missing is not None and not (group.is_sequential and is_at_work):
        again = f":{parent.now.isoformat()}"
        ask_to_begin(parent.act, parent.run, group.task_id, missing, again=again)
