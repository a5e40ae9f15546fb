"""Assign the officers who check a lead."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext

from casework.models import Account, Officer
from casework.rules.officers import Certificate, EnforcementOfficer, officer_obstacles
from tips.errors import NotEnoughOfficers
from tips.models import Tip, TipVerifier
from tips.selectors import tip_of_run
from workflows.door.commands import command
from workflows.duties import may_hold
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date

EXCLUDED_BY_VERIFYING: list[str] = ["decide"]


def assign_verifiers(
    *, actor: Account, work_item: WorkItem, officers: Sequence[Officer], key: str, now: datetime
) -> Tip:
    """Name two or more certified officers without interest; all of them hold the duty of verifying.

    Raises: NotEnoughOfficers with every reason. Source: PP 14, 16; APL 42.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        tip = tip_of_run(step.run)
        _refuse_unfit(officers, step.family.pk, civil_date(now))
        tip.verifiers.all().delete()
        for officer in officers:
            TipVerifier.objects.create(tip=tip, officer=officer, assigned_by=actor, assigned_at=now)
            step.hold_duty(officer.account_id, "verify", run=step.run, element_id="verify_lead")
        accounts = sorted(officer.account_id for officer in officers)
        step.record("verifiers_assigned", run=step.run, accounts=accounts)
        step.complete(verifier_ids=accounts)
    return tip


def _refuse_unfit(officers: Sequence[Officer], family_id: object, today: date) -> None:
    seen = [_as_the_rule_sees(officer, family_id) for officer in officers]
    reasons = officer_obstacles(seen, on=today)
    if reasons:
        raise NotEnoughOfficers(reasons=" ".join(reason.render(gettext) for reason in reasons))


def _as_the_rule_sees(officer: Officer, family_id: object) -> EnforcementOfficer:
    certificate = Certificate(officer.certificate_number, date.min, officer.certificate_valid_until)
    free = may_hold(officer.account, family_id=family_id, duty="verify", excludes=EXCLUDED_BY_VERIFYING)
    return EnforcementOfficer(officer.pk, str(officer.account), certificate, is_recused=not free)
