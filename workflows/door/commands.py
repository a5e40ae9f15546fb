"""The one door: every change of a run goes through here.

Each command is one durable transaction: idempotency key, family lock, duty check, step, rows, journal, outbox.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db.models import Q

from workflows import definitions, registry
from workflows.door.items import load_item
from workflows.door.stepping import cancel_run, hand_over, resume_run, start_run
from workflows.door.transaction import Act, close, keep_message, lock_family, one_transaction, transaction_in
from workflows.duties import conflict_of, in_lane_of, offered_to
from workflows.errors import AlreadyDone, Busy, NotOffered, Suspended, TakenByAnother
from workflows.incidents.raising import failed_command, failed_message, failed_start, noted
from workflows.models import Family, Run, WorkItem

__all__ = [
    "Step",
    "cancel_run",
    "claim_item",
    "command",
    "deliver",
    "matter_of",
    "new_matter",
    "release_item",
    "start_run",
]


class Step(Act):
    """A person's completion of one work item."""

    def __init__(self, *, item: WorkItem, actor: Any, now: datetime, family: Family) -> None:
        super().__init__(family=family, actor=actor, now=now)
        self.work_item = item
        self.run = item.run
        self.data: dict[str, Any] = dict(item.data)

    def complete(self, **outcome: Any) -> None:
        """Complete the item: the outcome joins the token's data and the model decides what comes next."""
        item = self.work_item
        self.change.alter(
            item,
            status=WorkItem.Status.COMPLETED,
            outcome=outcome,
            completed_by=self.actor,
            completed_at=self.now,
        )
        self.holding(self.run).waits.pop(item.task_id)
        self.note_own_duty()
        self.record(
            "work_completed",
            run=self.run,
            element_id=item.element_id,
            work_item=str(item.pk),
            outcome=outcome,
        )
        self.pokes.units.add(item.unit_id)
        resume_run(self, self.run, item.task_id, outcome)

    def note_own_duty(self) -> None:
        """Note that the actor now holds the duty of this work; part of the work counts like all of it."""
        item = self.work_item
        if item.duty:
            self.hold_duty(
                self.actor.pk, item.duty, run=self.run, element_id=item.element_id, excludes=item.excludes
            )


@contextmanager
def command(work_item: WorkItem, *, actor: Any, key: str, now: datetime) -> Iterator[Step]:
    """Open the transaction in which `actor` does a work item; the body calls `step.complete(...)` once.

    A body that does not complete the item leaves it open: a part of the work, such as one of several payments.

    Locks: family root, then the run. Raises: Repeated, NotOffered, AlreadyDone, TakenByAnother, DutyConflict, Busy.
    """
    failed = noted(lambda: failed_command(work_item), now=now)
    with failed, transaction_in(work_item.family_id, key, now) as (inbox, family):
        step = _offered_step(work_item.pk, family, actor, now)
        item = step.work_item
        if item.assignee_id != actor.pk:
            _take(step, item)
        yield step
        if item.status == WorkItem.Status.OPEN:
            step.note_own_duty()
        close(step, inbox)


@contextmanager
def new_matter(*, actor: Any, key: str, now: datetime, agent: str = "") -> Iterator[Act]:
    """Open the transaction that creates a matter; the body starts its first run with `start_run(act, ...)`."""
    process: list[str] = []
    failed = noted(lambda: failed_start(key, "".join(process[-1:]), agent), now=now)
    with failed, one_transaction(key, now) as inbox:
        act = Act(family=Family.objects.create(created_at=now), actor=actor, now=now, agent=agent)
        act.begins = process
        yield act
        close(act, inbox)


@contextmanager
def matter_of(run: Run, *, actor: Any, key: str, now: datetime, agent: str = "") -> Iterator[Act]:
    """Open a transaction on an existing matter without moving a run, e.g. to add a message or evidence.

    Raises: Repeated, Busy.
    """
    with transaction_in(run.family_id, key, now) as (inbox, family):
        if not Run.objects.filter(pk=run.pk, family_id=family.pk).exists():
            raise Busy  # its matter joined another one while this command waited for the old root
        act = Act(family=family, actor=actor, now=now, agent=agent)
        yield act
        close(act, inbox)


def claim_item(work_item: WorkItem, *, actor: Any, key: str, now: datetime) -> WorkItem:
    """Take an item: others no longer see it, and the claim hook grants access to its subject."""
    with transaction_in(work_item.family_id, key, now) as (_, family):
        step = _offered_step(work_item.pk, family, actor, now)
        if step.work_item.assignee_id != actor.pk:
            _take(step, step.work_item)
        step.flush()
        return step.work_item


def release_item(work_item: WorkItem, *, actor: Any, key: str, now: datetime) -> None:
    """Give an item back to whoever handed it on, else to its lane."""
    with transaction_in(work_item.family_id, key, now) as (_, family):
        step, _is_offered = load_step(work_item.pk, family, actor, now)
        item = step.work_item
        if item.assignee_id != actor.pk or item.status != WorkItem.Status.OPEN:
            raise NotOffered
        if item.delegated_by is not None:
            hand_to(step, item, item.delegated_by, delegated_by=None)
        else:
            step.change.alter(item, assignee=None, claimed_at=None)
        step.record("work_released", run=item.run, element_id=item.element_id, work_item=str(item.pk))
        step.pokes.units.add(item.unit_id)
        step.flush()


def deliver(
    run_id: Any, message: str, data: Mapping[str, Any], *, key: str, now: datetime, agent: str
) -> None:
    """Hand a message to a run; kept until the run waits for it. A repeat does nothing."""
    with noted(lambda: failed_message(run_id, message, key), now=now), one_transaction(key, now):
        deliver_inside(run_id, message, data, key=key, now=now, agent=agent)


def deliver_inside(
    run_id: Any,
    message: str,
    data: Mapping[str, Any],
    *,
    key: str,
    now: datetime,
    agent: str,
    actor: Any = None,
) -> None:
    """The same within a transaction that is already open and holds no family lock of another matter. Raises: Busy."""
    run = Run.objects.get(pk=run_id)
    act = Act(family=lock_family(run.family_id), actor=actor, now=now, agent=agent)
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.family_id != act.family.pk:
        raise Busy  # its matter joined another one while the message waited for the old root
    kept = keep_message(run.pk, message, data, key=key, now=now)
    task_id = act.holding(run).waiting_for(message)
    if kept.consumed_at is None and task_id is not None and run.status == Run.Status.RUNNING:
        act.change.alter(kept, consumed_at=now)
        hand_over(act, run, task_id, message, data)
    act.flush()


def check_offer(item: WorkItem, actor: Any, now: datetime) -> None:
    """Refuse unless the actor may do the item now; the reason is for people who may know of it."""
    if not offered_to(actor, now).filter(pk=item.pk).exists():
        raise _refusal(item, actor, now)


def _refusal(item: WorkItem, actor: Any, now: datetime) -> Exception:
    if item.status != WorkItem.Status.OPEN:
        reason = Suspended() if item.status == WorkItem.Status.SUSPENDED else AlreadyDone()
        return reason if _may_know(item, actor, now) else NotOffered()
    if not in_lane_of(actor, now).filter(pk=item.pk).exists():
        return NotOffered()
    return conflict_of(actor, item) or TakenByAnother(person=str(item.assignee))


def _may_know(item: WorkItem, actor: Any, now: datetime) -> bool:
    if item.candidates is not None and actor.pk not in item.candidates:
        return False
    memberships = actor.lane_memberships.filter(lane=item.lane, unit_id=item.unit_id, starts_at__lte=now)
    return bool(memberships.filter(Q(ends_at=None) | Q(ends_at__gt=now)).exists())


def _offered_step(item_id: Any, family: Family, actor: Any, now: datetime) -> Step:
    step, is_offered = load_step(item_id, family, actor, now)
    if not is_offered:
        raise _refusal(step.work_item, actor, now)
    return step


def load_step(item_id: Any, family: Family, actor: Any, now: datetime) -> tuple[Step, bool]:
    """A step on an item, and whether the actor may do it; the family is locked. Raises: NotOffered."""
    found = load_item(item_id, actor, now)
    if found.item.family_id != family.pk:
        raise Busy  # its matter joined another one while this command waited for the old root
    definitions.live(found.item.run.definition_id)
    step = Step(item=found.item, actor=actor, now=now, family=family)
    step.has_read(found.item.run, found.holding)
    return step, found.is_offered


def _take(step: Step, item: WorkItem) -> None:
    taken_from = item.assignee_id
    hand_to(step, item, step.actor)
    if taken_from is None:
        step.record("work_claimed", run=item.run, element_id=item.element_id, work_item=str(item.pk))
    else:
        step.record(
            "work_taken_over",
            run=item.run,
            element_id=item.element_id,
            work_item=str(item.pk),
            taken_from=taken_from,
        )


def hand_to(act: Act, item: WorkItem, account: Any, **further: Any) -> None:
    """Make an account the one who does the item; the claim hook grants it access to the subject."""
    act.change.alter(item, assignee=account, claimed_at=act.now, **further)
    hook = registry.claim_hook_for(item.run.subject_kind)
    if hook is not None:
        hook(item=item, account=account, now=act.now)
    act.pokes.units.add(item.unit_id)
