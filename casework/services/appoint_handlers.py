"""Appoint the case handlers."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from casework.errors import OfficersRefused
from casework.models import Account, Case, CaseHandler, Officer
from casework.permissions import Permission, grant_case
from casework.rule_sentences import all_in_words
from casework.rules.officers import Certificate, EnforcementOfficer, officer_obstacles
from casework.selectors import case_for_update
from workflows.door.commands import Step, command
from workflows.duties import may_hold
from workflows.errors import Invalid
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date

DUTY = "handle"


def appoint_handlers(
    *,
    actor: Account,
    work_item: WorkItem,
    officers: Iterable[Officer],
    is_recusal_checked: bool,
    key: str,
    now: datetime,
) -> list[CaseHandler]:
    """Appoint at least two certified officers without interest; from now on they can never review the case.

    Raises: OfficersRefused, Invalid. Source: PP 5, 16; APL 42–43.
    """
    if not is_recusal_checked:
        raise Invalid(_("Ask each officer about interests in the matter first (PP 5)."), "is_recusal_checked")
    with command(work_item, actor=actor, key=key, now=now) as step:
        case = case_for_update(step.run)
        chosen = list({officer.pk: officer for officer in officers}.values())
        require_able(step, chosen)
        case.handlers.filter(released_at=None).exclude(officer__in=chosen).update(released_at=now)
        handlers = [_appoint(step, case, officer) for officer in chosen]
        step.record("handlers_appointed", run=step.run, officers=[officer.pk for officer in chosen])
        step.complete(handler_ids=[officer.pk for officer in chosen])
    return handlers


def require_able(step: Step, officers: list[Officer]) -> None:
    """Refuse officers without valid certificates or with a duty that excludes handling."""
    reasons = all_in_words(officer_obstacles((_as_rule_sees(o) for o in officers), on=civil_date(step.now)))
    for officer in officers:
        if not may_hold(officer.account, family_id=step.family.pk, duty=DUTY, excludes=[]):
            sentence = _("%(name)s has another duty in this matter and may not handle it.")
            reasons.append(sentence % {"name": officer.account})
    if reasons:
        raise OfficersRefused(reasons)


def _as_rule_sees(officer: Officer) -> EnforcementOfficer:
    certificate = Certificate(officer.certificate_number, date.min, officer.certificate_valid_until)
    return EnforcementOfficer(officer.pk, str(officer.account), certificate)


def _appoint(step: Step, case: Case, officer: Officer) -> CaseHandler:
    handler, _created = CaseHandler.objects.get_or_create(
        case=case,
        officer=officer,
        released_at=None,
        defaults={"appointed_by": step.actor, "appointed_at": step.now},
    )
    grant_case(officer.account, case, Permission.VIEW, Permission.HANDLE)
    step.hold_duty(officer.account_id, DUTY, run=step.run, element_id=step.work_item.element_id)
    step.pokes.accounts.add(officer.account_id)
    return handler
