"""Who may do what: lanes and duties with their names, what a role may see, and walls around single cases."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from guardian.shortcuts import assign_perm

from casework.errors import NotFound
from casework.models import Account, Bureau, Case, CaseGroupPermission, CaseUserPermission
from casework.rules.separation import DUTY_NAMES
from workflows import registry
from workflows.duties import lane_members_at
from workflows.models import Run, WorkItem
from workflows.rules.texts import Text


class Permission(StrEnum):
    """Grants on a single case."""

    VIEW = "view_case"
    HANDLE = "handle_case"
    PAY = "pay_case"


class Role(StrEnum):
    """Lanes: what somebody is in a bureau."""

    INTAKE_OFFICER = "intake_officer"
    CASE_HANDLER = "case_handler"
    LEADER = "leader"
    CHIEF = "chief"
    LEGAL_REVIEWER = "legal_reviewer"
    HEARING_CHAIR = "hearing_chair"
    REWARD_OFFICER = "reward_officer"
    IDENTITY_OFFICER = "identity_officer"
    FINANCE = "finance"
    PROVINCE_OFFICER = "province_officer"
    AUDITOR = "auditor"
    OPERATOR = "operator"


ROLES: dict[str, Any] = {
    Role.INTAKE_OFFICER: _("intake officer (受理人员)"),
    Role.CASE_HANDLER: _("case handler (办案人员)"),
    Role.LEADER: _("leader (负责人)"),
    Role.CHIEF: _("chief (主要负责人)"),
    Role.LEGAL_REVIEWER: _("legal reviewer (法制审核人员)"),
    Role.HEARING_CHAIR: _("hearing chair (听证主持人)"),
    Role.REWARD_OFFICER: _("reward officer (奖励经办人)"),
    Role.IDENTITY_OFFICER: _("identity officer (身份核验人)"),
    Role.FINANCE: _("finance (财务人员)"),
    Role.PROVINCE_OFFICER: _("officer for reports from below (上级受报人员)"),
    Role.AUDITOR: _("auditor (审计人员)"),
    Role.OPERATOR: _("operator (系统运维人员)"),
}


def _rendered(sentence: Text) -> str:
    return sentence.render(gettext)


_in_words = lazy(_rendered, str)
DUTIES = {key: _in_words(name) for key, name in DUTY_NAMES.items()}

# Roles that see every case of their own bureau, without a grant on each.
SEES_ALL_CASES = frozenset({Role.CHIEF, Role.AUDITOR})
SEES_LEDGERS = frozenset({Role.FINANCE, Role.CHIEF, Role.AUDITOR})
SEES_OVERVIEW = frozenset({Role.CHIEF, Role.LEADER})
# The system's own pages show technical facts of runs, nothing of what stands in a tip or a case.
SEES_SYSTEM = frozenset({Role.OPERATOR, Role.CHIEF, Role.AUDITOR})
MENDS_SYSTEM = frozenset({Role.OPERATOR})
# Background steps tried again or left out, runs carried over: technical, so a second operator may decide.
DECIDES_REQUESTS = frozenset({Role.OPERATOR, Role.CHIEF})
# A token moved, a step of the model skipped, a run cancelled: that changes the course of a matter.
DECIDES_INTERVENTIONS = frozenset({Role.LEADER, Role.CHIEF})
SEES_REQUESTS = SEES_SYSTEM | DECIDES_INTERVENTIONS
SUSPENDS_RUNS = frozenset({Role.OPERATOR, Role.LEADER, Role.CHIEF})
# Periods stand still only on the word of whom the law names for it (PP 45).
STOPS_PERIODS = frozenset({Role.LEADER, Role.CHIEF})

# What a claim of work in a lane opens of the case: finance gets the money, the superior only the report.
GRANTS_BY_LANE: dict[str, tuple[Permission, ...]] = {
    Role.FINANCE: (Permission.PAY,),
    Role.PROVINCE_OFFICER: (),
    Role.CASE_HANDLER: (Permission.VIEW, Permission.HANDLE),
}


def units_of(account: Account, roles: Iterable[str], now: datetime) -> set[int]:
    """Bureaus in which an account holds one of the roles at a moment."""
    members = lane_members_at(now).filter(account=account, lane__in=list(roles))
    return set(members.values_list("unit_id", flat=True))


def roles_of(account: Account, now: datetime) -> set[str]:
    """Roles that an account holds anywhere at a moment."""
    return set(lane_members_at(now).filter(account=account).values_list("lane", flat=True))


def grant_case(account: Account, case: Case, *permissions: Permission) -> None:
    """Open one case to an account. Granting twice does no harm."""
    for permission in permissions:
        assign_perm(permission, account, case)


def has_grant(account: Account, case: Case, permission: Permission) -> bool:
    """Whether the account or one of its groups holds a grant on this case."""
    facts = {"content_object": case, "permission__codename": permission}
    return (
        CaseUserPermission.objects.filter(user=account, **facts).exists()
        or CaseGroupPermission.objects.filter(group__user=account, **facts).exists()
    )


def may(account: Account, case: Case, permission: Permission, now: datetime) -> bool:
    """Whether an account may do this with a case: by role for looking, by grant for everything."""
    if not account.is_authenticated or not account.is_active:
        return False
    if permission == Permission.VIEW and case.bureau_id in units_of(account, SEES_ALL_CASES, now):
        return True
    return has_grant(account, case, permission)


def require(account: Account, case: Case, permission: Permission, *, now: datetime) -> None:
    """Refuse outsiders as if the case did not exist. Raises: NotFound."""
    if not may(account, case, permission, now):
        raise NotFound


def require_role(account: Account, roles: Iterable[str], *, now: datetime) -> set[int]:
    """Bureaus in which the account holds one of the roles. Raises: NotFound when in none."""
    units = units_of(account, roles, now) if account.is_authenticated else set()
    if not units:
        raise NotFound
    return units


@registry.claim_hook("case")
def open_by_claim(*, item: WorkItem, account: Account, now: datetime) -> None:
    """Whoever takes work on a case sees of it what the work needs, and no more."""
    case = Case.objects.get(pk=item.run.subject_id)
    grant_case(account, case, *GRANTS_BY_LANE.get(item.lane, (Permission.VIEW,)))


def superior_unit(run: Run) -> int:
    """The bureau that receives reports of a run's bureau; the top bureau receives its own."""
    bureau = Bureau.objects.get(pk=run.unit_id)
    return int(bureau.superior_id or bureau.pk)


def role_words(account: Account, now: datetime) -> list[Any]:
    """Names of an account's roles, for the page frame."""
    held = roles_of(account, now)
    return [label for role, label in ROLES.items() if role in held]
