"""Who may ask to see an identity, who decides on it, and what everybody sees of the requests afterwards."""

from datetime import datetime

from django.db.models import Count, QuerySet

from casework.errors import NotFound
from casework.models import Account
from casework.permissions import Permission, Role, may, units_of
from tips.models import IdentityRequest, Tip, TipUserPermission
from tips.permissions import TipPermission
from workflows.duties import lane_members_at
from workflows.models import Run

WORKS_ON_TIPS = frozenset({Role.INTAKE_OFFICER, Role.CASE_HANDLER, Role.LEADER, Role.CHIEF})
OVERSEES = frozenset({Role.AUDITOR, Role.CHIEF})


def works_on(account: Account, tip: Tip, now: datetime) -> bool:
    """Whether an account took work on the tip, or handles its case; seeing the register is not enough."""
    if not account.is_authenticated or tip.bureau_id not in units_of(account, WORKS_ON_TIPS, now):
        return False
    granted = {"content_object": tip, "permission__codename": TipPermission.VIEW}
    if TipUserPermission.objects.filter(user=account, **granted).exists():
        return True
    return tip.case is not None and may(account, tip.case, Permission.HANDLE, now)


def role_of(account: Account, tip: Tip, now: datetime) -> str | None:
    """As what somebody asks: the decision lies with another role; None for the chief, who has none above."""
    if tip.bureau_id in units_of(account, {Role.CHIEF}, now):
        return None
    is_leader = tip.bureau_id in units_of(account, {Role.LEADER}, now)
    return IdentityRequest.Role.LEADER if is_leader else IdentityRequest.Role.OFFICER


def tip_for_asking(account: Account, tip_id: int, now: datetime) -> Tip:
    """A tip for somebody who works on it. Raises: NotFound."""
    found = Tip.objects.select_related("bureau", "institution", "run", "case", "keys")
    tip = found.filter(pk=tip_id).first()
    if tip is None or not works_on(account, tip, now):
        raise NotFound
    return tip


def own_request(account: Account, request_id: int) -> IdentityRequest:
    """A request of that account. Raises: NotFound for everybody else's."""
    found = IdentityRequest.objects.select_related("tip__bureau", "tip__run", "run", "asked_by", "decided_by")
    request = found.filter(pk=request_id, asked_by=account).first() if account.is_authenticated else None
    if request is None:
        raise NotFound
    return request


def overseen_requests(account: Account, now: datetime) -> QuerySet[IdentityRequest]:
    """Requests of the bureaus that an account oversees, with the number of looks, never what was seen."""
    found = IdentityRequest.objects.filter(tip__bureau_id__in=units_of(account, OVERSEES, now))
    found = found.select_related("tip", "asked_by", "decided_by").annotate(look_count=Count("looks"))
    return found.order_by("-asked_at", "-id")


def approvers(run: Run, now: datetime) -> list[int]:
    """Accounts that may decide on the request of a run: of the role above the asker's, never the asker."""
    request = IdentityRequest.objects.get(pk=run.subject_id)
    by_leader = request.asker_role == IdentityRequest.Role.OFFICER
    lane = Role.LEADER if by_leader else Role.CHIEF
    members = lane_members_at(now).filter(lane=lane, unit_id=run.unit_id)
    return list(members.exclude(account=request.asked_by_id).values_list("account", flat=True))
