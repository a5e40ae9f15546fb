"""The gates of procedure before a penalty, asked with what is on file."""

from datetime import datetime

from django.utils.translation import gettext

from casework.models import Case
from enforcement.errors import GateShut
from enforcement.models import Hearing, LegalReview, PenaltyNotice, PoliceTransfer
from enforcement.rules.decision_gates import DECISION_IN_TIME, DecisionFacts, shut_gates
from enforcement.selectors import latest_review
from workflows.door.commands import Step
from workflows.models import Clock
from workflows.rules.calendar import start_of_day

PERIODS = ("statement_period", "hearing_request")


def require_open_gates(step: Step, case: Case, notice: PenaltyNotice) -> None:
    """Refuse a penalty that a gate forbids; a late decision is made all the same and noted as late.

    Raises: GateShut with every reason. Source: PP 14, 37, 41, 45; APL 35, 44, 58, 63, 65.
    """
    shut = shut_gates(decision_facts(step, case, notice), now=step.now)
    if DECISION_IN_TIME in shut:
        step.record("decision_is_late", run=step.run)
    reasons = [gate.reason.render(gettext) for gate in shut if gate != DECISION_IN_TIME]
    if reasons:
        raise GateShut(reasons=" ".join(reasons))


def decision_facts(step: Step, case: Case, notice: PenaltyNotice) -> DecisionFacts:
    """What is on file. A party that answered or waived was heard; measures and discussions are not built yet."""
    hearing = Hearing.objects.filter(notice=notice, result=Hearing.Result.HELD).first()
    review = latest_review(case)
    return DecisionFacts(
        filed_at=start_of_day(case.filed_on),
        first_measure_at=None,
        notice_served_at=start_of_day(notice.served_on),
        response_period_over_at=_period_over_at(step, notice),
        decision_due_at=_decision_due_at(step),
        review_is_required=step.data.get("legal_review") == "required",
        review_has_passed=review is not None and review.opinion == LegalReview.Opinion.AGREE,
        hearing_must_be_offered=step.data.get("hearing_offer") == "offered",
        hearing_was_offered=notice.offers_hearing,
        hearing_was_held=hearing is not None,
        rests_on_hearing_record=hearing is not None and bool(hearing.record.strip()),
        collective_record_is_required=False,
        has_collective_record=False,
        police_hold_case=_police_hold(case),
        response_was_waived=_has_answered(step, notice),
    )


def _has_answered(step: Step, notice: PenaltyNotice) -> bool:
    """Whether the party answered this notice or waived its answer in writing."""
    if notice.statements.exists():
        return True
    waived = step.run.work_items.filter(
        form="record_response", status="completed", completed_at__gte=notice.issued_at
    )
    return waived.exists()


def _period_over_at(step: Step, notice: PenaltyNotice) -> datetime | None:
    clocks = Clock.objects.filter(
        run=step.run, rule_key__in=PERIODS, starts_at__gte=start_of_day(notice.served_on)
    )
    return clocks.order_by("-due_at").values_list("due_at", flat=True).first()


def _decision_due_at(step: Step) -> datetime:
    return Clock.objects.filter(run=step.run, rule_key="decision").order_by("-id")[0].due_at


def _police_hold(case: Case) -> bool:
    return PoliceTransfer.objects.filter(case=case, result=PoliceTransfer.Result.FILED, outcome="").exists()
