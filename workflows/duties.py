"""Who may take a work item: one predicate, used by every list, claim and completion."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from workflows import registry
from workflows.door.rows import Prepared
from workflows.errors import DutyConflict
from workflows.models import DutyRecord, LaneMember, Substitution, WorkItem


def lane_members_at(now: datetime) -> QuerySet[LaneMember]:
    """Memberships in force at a moment."""
    return LaneMember.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)


def substitutions_at(now: datetime) -> QuerySet[Substitution]:
    """Substitutions in force at a moment."""
    return Substitution.objects.filter(starts_at__lte=now, ends_at__gt=now)


def in_lane_of(account: Any, now: datetime) -> QuerySet[WorkItem]:
    """Open items that are for the account or for somebody it stands in for. Duties are not looked at."""
    membership = lane_members_at(now).filter(lane=OuterRef("lane"), unit_id=OuterRef("unit_id"))
    is_own = Q(Exists(membership.filter(account=account))) & (
        Q(candidates=None) | Q(candidates__contains=[account.pk])
    )
    return WorkItem.objects.filter(
        is_own | Q(Exists(_standing_in(account, now))), status=WorkItem.Status.OPEN
    )


def _standing_in(account: Any, now: datetime) -> QuerySet[Substitution, Any]:
    """Substitutions by which the outer work item is for the account: it is for the absent person."""
    membership = lane_members_at(now).filter(
        account=OuterRef("absent"), lane=OuterRef(OuterRef("lane")), unit_id=OuterRef(OuterRef("unit_id"))
    )
    named = ExpressionWrapper(OuterRef("candidates"), output_field=ArrayField(BigIntegerField()))
    return (
        substitutions_at(now)
        .filter(Exists(membership), substitute=account)
        .annotate(named=named)
        .filter(Q(named=None) | Q(named__contains=[F("absent_id")]))
    )


def conflicting_duties(account: Any) -> QuerySet[DutyRecord]:
    """Duties of the account that exclude the outer work item's duty, or are excluded by it."""
    excluded_by_item = ExpressionWrapper(
        OuterRef("excludes"), output_field=ArrayField(CharField(max_length=32))
    )
    return (
        DutyRecord.objects.filter(account=account, family=OuterRef("family"))
        .annotate(excluded_by_item=excluded_by_item)
        .filter(Q(excluded_by_item__contains=[F("key")]) | Q(excludes__contains=[OuterRef("duty")]))
    )


def offered_to(account: Any, now: datetime) -> QuerySet[WorkItem]:
    """Open items that the account may take now: lane, named candidates, duties, not taken by another.

    What an absent colleague has taken counts as free for who stands in.
    """
    absent = substitutions_at(now).filter(substitute=account, absent=OuterRef("assignee"))
    return in_lane_of(account, now).filter(
        ~Exists(conflicting_duties(account)), Q(assignee=None) | Q(assignee=account) | Q(Exists(absent))
    )


def _offered_item(account: int, now: datetime, item: UUID) -> QuerySet[WorkItem, Any]:
    return offered_to(get_user_model()(pk=account), now).filter(pk=item).values("pk")


# The same predicate for the door, which asks it at every step.
OFFERED_ITEM = Prepared(_offered_item, account=-1, now=datetime(1, 1, 1, tzinfo=UTC), item=UUID(int=0))


def conflict_of(account: Any, item: WorkItem) -> DutyConflict | None:
    """The reason why duties forbid the item, for people; nothing when they do not."""
    return duty_conflict(account, family_id=item.family_id, duty=item.duty, excludes=item.excludes)


def duty_conflict(account: Any, *, family_id: Any, duty: str, excludes: list[str]) -> DutyConflict | None:
    """The reason why an account may not hold a duty in a family, for people; nothing when it may."""
    held = DutyRecord.objects.filter(account=account, family_id=family_id).filter(
        Q(key__in=excludes) | Q(excludes__contains=[duty])
    )
    first = held.order_by("id").first()
    if first is None:
        return None
    return DutyConflict(held=registry.duty_label(first.key), wanted=registry.duty_label(duty))


def may_hold(account: Any, *, family_id: Any, duty: str, excludes: list[str]) -> bool:
    """Whether an account may be given a duty in a family, e.g. when handlers are appointed."""
    return not (
        DutyRecord.objects.filter(account=account, family_id=family_id)
        .filter(Q(key__in=excludes) | Q(excludes__contains=[duty]))
        .exists()
    )
