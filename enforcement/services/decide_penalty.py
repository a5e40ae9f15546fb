"""Decide a case."""

from datetime import date, datetime
from decimal import Decimal

from casework.models import Account, Case
from casework.services.issue_document import issue_document
from enforcement import documents
from enforcement.errors import NoticeMissing
from enforcement.models import PenaltyDecision, PenaltyNotice
from enforcement.selectors import latest_notice
from enforcement.services.decision_gates import require_open_gates
from enforcement.services.fine_checks import require_not_heavier, require_within_band
from enforcement.services.serve_notice import require_passed_review
from workflows.door.commands import Step, command
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date

SEND_BACK = "send_back"


def decide_penalty(
    *,
    actor: Account,
    work_item: WorkItem,
    decision: str,
    fine_amount: Decimal,
    mitigation: str,
    reasons: str,
    key: str,
    now: datetime,
) -> PenaltyDecision | None:
    """Make one of the decisions, or send the case back to the handlers.

    The fine lies in yuan. Raises: NoticeMissing, ReviewMissing, GateShut, HeavierThanNotice, OutsideBand.
    Source: PP 37, 41, 43; APL 45, 57, 59.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        case = (
            Case.objects.select_related("bureau").select_for_update(of=("self",)).get(pk=step.run.subject_id)
        )
        if decision == SEND_BACK:
            step.record("decision_sent_back", run=step.run, reasons=reasons)
            step.complete(decision=decision)
            return None
        notice = _require_notice(case, step)
        if decision == PenaltyDecision.Kind.PENALTY:
            require_open_gates(step, case, notice)
        made = _decision(case, notice, decision, fine_amount, mitigation, on=civil_date(now))
        made.reasons, made.decided_by, made.decided_at = reasons, actor, now
        made.save()
        if decision == PenaltyDecision.Kind.PENALTY:
            _issue(step, case, made, notice)
        step.record("case_decided", run=step.run, decision=decision, fine=str(made.fine_amount))
        step.complete(decision=decision)
    return made


def _require_notice(case: Case, step: Step) -> PenaltyNotice:
    require_passed_review(case, step.data)
    notice = latest_notice(case)
    if notice is None:
        raise NoticeMissing
    return notice


def _decision(
    case: Case, notice: PenaltyNotice, kind: str, fine: Decimal, mitigation: str, *, on: date
) -> PenaltyDecision:
    recovery = case.recovery_amount
    if kind == PenaltyDecision.Kind.PENALTY:
        require_not_heavier(fine, notice)
        require_within_band(case, fine, mitigation=mitigation, on=on)
    else:
        fine = Decimal("0.00")
        if kind == PenaltyDecision.Kind.NOT_ESTABLISHED:
            recovery = Decimal("0.00")
    case.fine_amount = fine
    case.save(update_fields=["fine_amount"])
    return PenaltyDecision(case=case, kind=kind, recovery_amount=recovery, fine_amount=fine)


def _issue(step: Step, case: Case, made: PenaltyDecision, notice: PenaltyNotice) -> None:
    made.document = issue_document(
        step,
        step.run,
        kind="penalty_decision",
        subject=("case", case.pk),
        bureau=case.bureau,
        context=documents.penalty_decision(case, made, notice),
        actor=step.actor,
    )
    made.save(update_fields=["document"])
