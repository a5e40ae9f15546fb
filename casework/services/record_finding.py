"""Record and withdraw findings while the case is investigated."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from casework.leads import leads_of
from casework.models import Account, Finding, Party
from casework.rule_sentences import in_words, invalid
from casework.rules.lawful_fine import fine_obstacles, range_for
from casework.rules.money import Money
from casework.rules.penalty_range import PenaltyRange
from casework.selectors import case_for_update
from workflows.door.commands import command
from workflows.errors import Invalid
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date
from workflows.rules.texts import Refused


@dataclass(frozen=True, kw_only=True)
class FindingFacts:
    """One established point: article of REG, loss in yuan, proposed fine as a multiple of the loss."""

    party: Party
    conduct: str
    facts: str
    article: str
    loss_amount: Decimal
    multiple: Decimal
    occurred_from: date
    occurred_until: date
    mitigation: str = ""
    lead: int | None = None


def record_finding(
    *, actor: Account, work_item: WorkItem, finding: FindingFacts, key: str, now: datetime
) -> Finding:
    """Add a finding to the case; the work stays open. Raises: Invalid beside the field that is wrong.

    Source: PP 36; REG 38–41.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        case = case_for_update(step.run)
        if finding.party.case_id != case.pk:
            raise Invalid(_("This party does not belong to the case."), field="party")
        if finding.lead is not None and finding.lead not in {lead.number for lead in leads_of(case)}:
            raise Invalid(_("This tip does not belong to the case."), field="lead")
        require_sound(finding, today=civil_date(now))
        made = Finding.objects.create(case=case, recorded_by=actor, recorded_at=now, **_columns(finding))
        step.record("finding_recorded", run=step.run, finding=made.pk, article=made.article)
    return made


def withdraw_finding(
    *, actor: Account, work_item: WorkItem, finding_id: int, key: str, now: datetime
) -> None:
    """Withdraw a finding; it stays in the file as withdrawn. Raises: Invalid."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        case = case_for_update(step.run)
        if not case.findings.filter(pk=finding_id, withdrawn_at=None).update(withdrawn_at=now):
            raise Invalid(_("This finding was withdrawn before, or it belongs to another case."))
        step.record("finding_withdrawn", run=step.run, finding=finding_id)


def require_sound(finding: FindingFacts, *, today: date) -> None:
    """Refuse dates out of order, an article that does not fit the party, a multiple outside the band."""
    if finding.occurred_until < finding.occurred_from:
        raise Invalid(_("The conduct ends before it begins."), field="occurred_until")
    if finding.occurred_until > today:
        raise Invalid(_("The conduct lies in the future."), field="occurred_until")
    try:
        band = band_of(finding, judged_on=today)
    except Refused as refused:
        raise invalid(refused, "article") from refused
    fine = Money(finding.loss_amount).times(finding.multiple)
    for obstacle in fine_obstacles(fine, band, mitigation_ground=finding.mitigation):
        is_below = band.fine_min is not None and fine < band.fine_min
        raise Invalid(in_words(obstacle), field="mitigation" if is_below else "multiple")


def band_of(finding: FindingFacts | Finding, *, judged_on: date) -> PenaltyRange:
    """The lawful range of the fine, by the law on the last day of the conduct or a lighter one since (APL 37)."""
    return range_for(
        finding.article,
        finding.party.liable_as,
        Money(finding.loss_amount),
        acted_on=finding.occurred_until,
        judged_on=judged_on,
    )


def _columns(finding: FindingFacts) -> dict[str, object]:
    return {field.name: getattr(finding, field.name) for field in fields(finding)}
