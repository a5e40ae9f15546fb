"""Handing work on: a superior assigns it, who has it delegates it. Whoever gets it must be allowed to do it."""

from datetime import datetime
from typing import Any

from workflows import reasons, registry
from workflows.door.commands import Step, hand_to, load_step
from workflows.door.transaction import transaction_in
from workflows.duties import conflict_of, in_lane_of, lane_members_at
from workflows.errors import AlreadyDone, DutyConflict, NotForThatPerson, NotOffered
from workflows.models import WorkItem


def may_assign(account: Any, item: WorkItem, now: datetime) -> bool:
    """Whether an account leads the unit in which the item is offered."""
    lanes = registry.assigning_lanes()
    return lane_members_at(now).filter(account=account, lane__in=lanes, unit_id=item.unit_id).exists()


def assign_item(item: WorkItem, *, to: Any, reason: str, actor: Any, key: str, now: datetime) -> None:
    """Give an open item to a person of its lane, also one that somebody else has taken.

    Raises: Repeated, NotOffered, AlreadyDone, NotForThatPerson, DutyConflict, ReasonMissing, Busy.
    """
    _hand_on(item, to, "work_assigned", reason=reason, actor=actor, key=key, now=now)


def delegate_item(item: WorkItem, *, to: Any, reason: str, actor: Any, key: str, now: datetime) -> None:
    """Hand an item that the actor has to a colleague; released, it comes back.

    Raises: Repeated, NotOffered, AlreadyDone, NotForThatPerson, DutyConflict, ReasonMissing, Busy.
    """
    _hand_on(item, to, "work_delegated", reason=reason, actor=actor, key=key, now=now)


def _hand_on(
    work_item: WorkItem, to: Any, act: str, *, reason: str, actor: Any, key: str, now: datetime
) -> None:
    reason = reasons.given(reason, least=reasons.A_WORD)
    with transaction_in(work_item.family_id, key, now) as (_, family):
        step, _is_offered = load_step(work_item.pk, family, actor, now)
        item = step.work_item
        _check_actor(step, act, now)
        check_receiver(item, to, now)
        delegated_by = actor if act == "work_delegated" else None
        hand_to(step, item, to, delegated_by=delegated_by)
        step.pokes.accounts.add(to.pk)
        step.record(
            act, run=item.run, element_id=item.element_id, work_item=str(item.pk), to=to.pk, reasons=reason
        )
        step.flush()


def _check_actor(step: Step, act: str, now: datetime) -> None:
    item = step.work_item
    is_allowed = (
        item.assignee_id == step.actor.pk if act == "work_delegated" else may_assign(step.actor, item, now)
    )
    if not is_allowed:
        raise NotOffered
    if item.status != WorkItem.Status.OPEN:
        raise AlreadyDone


def check_receiver(item: WorkItem, to: Any, now: datetime) -> None:
    """Refuse a person who may not do the item. Raises: NotForThatPerson, DutyConflict."""
    if not in_lane_of(to, now).filter(pk=item.pk).exists():
        raise NotForThatPerson(person=str(to))
    conflict = conflict_of(to, item)
    if conflict is not None:
        raise conflict


def receivers(item: WorkItem, actor: Any, now: datetime) -> list[Any]:
    """People to whom the actor can hand an item: of its lane and unit, named if names are given, free of conflicts."""
    members = lane_members_at(now).filter(lane=item.lane, unit_id=item.unit_id).exclude(account=actor)
    people = {member.account_id: member.account for member in members.select_related("account")}
    others = [account for number, account in people.items() if number != item.assignee_id]
    return [account for account in others if account.is_active and _may_receive(item, account, now)]


def _may_receive(item: WorkItem, account: Any, now: datetime) -> bool:
    try:
        check_receiver(item, account, now)
    except (NotForThatPerson, DutyConflict):
        return False
    return True
