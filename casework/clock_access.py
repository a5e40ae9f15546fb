"""Who may look at a legal clock, ask for more time, or grant it. Clocks hang on matters of several apps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from casework.errors import NotFound
from casework.models import Account, Bureau, Case
from casework.permissions import Permission, may, units_of
from casework.rules.time_requests import APPROVERS, extension_parameter
from workflows.duties import lane_members_at
from workflows.models import Clock, ClockRequest, Run
from workflows.rules.calendar import civil_date

PAUSE_APPROVERS = APPROVERS["leader"]
Test = Callable[[Account, Run, datetime], bool]


@dataclass(frozen=True)
class MatterDoor:
    """How a kind of matter is opened: who sees it, who handles it, where its page is."""

    may_look: Test
    may_handle: Test
    url: Callable[[Run], str]


_doors: dict[str, MatterDoor] = {}


def register_door(subject_kind: str, door: MatterDoor) -> None:
    """Make the clocks of a kind of matter reachable."""
    _doors[subject_kind] = door


def matter_url(run: Run) -> str:
    """Address of the matter's page with its legal periods."""
    return _doors[run.subject_kind].url(run)


def may_look(account: Account, clock: Clock, now: datetime) -> bool:
    """Whether the account sees the matter, or a request on this clock waits for its answer."""
    door = _doors.get(clock.run.subject_kind)
    if door is not None and door.may_look(account, clock.run, now):
        return True
    return requests_to_answer(account, now).filter(clock=clock).exists()


def may_ask(account: Account, clock: Clock, now: datetime) -> bool:
    """Whether the account handles the matter, or holds the work that must meet this clock."""
    door = _doors.get(clock.run.subject_kind)
    if door is None or clock.ended_at is not None:
        return False
    return door.may_handle(account, clock.run, now) or (
        clock.work_items.filter(status="open", assignee=account).exists()
    )


def visible_clock(account: Account, clock_id: int, now: datetime) -> Clock:
    """One clock. Raises: NotFound for outsiders."""
    clock = Clock.objects.select_related("run").filter(pk=clock_id).first()
    if clock is None or not may_look(account, clock, now):
        raise NotFound
    return clock


def askable_clock(account: Account, clock_id: int, now: datetime) -> Clock:
    """One running clock for whoever may ask for time. Raises: NotFound."""
    clock = Clock.objects.select_related("run").filter(pk=clock_id).first()
    if clock is None or not may_ask(account, clock, now):
        raise NotFound
    return clock


def approvers_of(request: ClockRequest) -> frozenset[str]:
    """Roles that may answer a request: whom the law names."""
    if request.kind == ClockRequest.Kind.PAUSE:
        return PAUSE_APPROVERS
    return APPROVERS[approver_word(request.clock, request.rule_key)]


def approver_word(clock: Clock, extension_key: str) -> str:
    """Whom the law names for an extension of this clock."""
    on = civil_date(clock.starts_at)
    return extension_parameter(extension_key, on=on, region=region_of(clock.run)).approver


def region_of(run: Run) -> str | None:
    """The region whose parameters hold for a run."""
    return Bureau.objects.values_list("parameters_region", flat=True).get(pk=run.unit_id)


def requests_to_answer(account: Account, now: datetime) -> QuerySet[ClockRequest]:
    """Unanswered requests of running clocks that wait for one of the account's roles; never its own."""
    members = lane_members_at(now).filter(account=account).values_list("unit_id", "lane")
    by_unit: dict[int, set[str]] = {}
    for unit_id, lane in members:
        by_unit.setdefault(unit_id, set()).add(lane)
    waiting = ClockRequest.objects.filter(answered_at=None, clock__ended_at=None).exclude(asked_by=account)
    waiting = waiting.filter(clock__run__unit_id__in=by_unit).select_related("clock__run", "asked_by")
    mine = [request.pk for request in waiting if by_unit[request.clock.run.unit_id] & approvers_of(request)]
    return waiting.filter(pk__in=mine).order_by("clock__due_at", "id")


def answerable_request(account: Account, request_id: int, now: datetime) -> ClockRequest:
    """A request for whom the law names; also an answered one, so that its page stays. Raises: NotFound."""
    found = ClockRequest.objects.select_related("clock__run", "asked_by", "answered_by")
    request = found.filter(pk=request_id).first()
    if request is None:
        raise NotFound
    units = units_of(account, approvers_of(request), now)
    if request.clock.run.unit_id not in units:
        raise NotFound
    return request


def _case(run: Run) -> Case:
    return Case.objects.select_related("bureau").get(pk=run.subject_id)


register_door(
    "case",
    MatterDoor(
        may_look=lambda account, run, now: may(account, _case(run), Permission.VIEW, now),
        may_handle=lambda account, run, now: may(account, _case(run), Permission.HANDLE, now),
        url=lambda run: reverse("casework:case_part", args=[run.subject_id, "clocks"]),
    ),
)
