"""Operations of casework that the process models may call, and who may be offered work."""

from collections.abc import Iterable, Mapping
from typing import Any

from casework.errors import StoreDown
from casework.models import Case, Document, Officer
from casework.rules.money import Money, total
from casework.rules.parameters import legal_amount
from casework.selectors import case_for_update, standing_loss
from casework.services import close_case as closing
from casework.services.book_claims import book_claims
from casework.services.record_finding import band_of
from casework.services.report_to_province import deliver_report, open_report
from casework.services.store_document import store_document as keep_document
from workflows.errors import TryLater
from workflows.models import Run
from workflows.registry import EffectCall, OperationCall, candidates, compute, effect
from workflows.rules.calendar import civil_date


@compute("casework.begin_case")
def begin_case(call: OperationCall) -> Mapping[str, Any]:
    """Facts with which a case begins."""
    return {
        "transferred": False,
        "police_suspected": False,
        "public_concern": False,
        "is_complex": False,
        "decision": "undecided",
        "recovery_fen": 0,
        "fine_fen": 0,
    }


@compute("casework.assess_amounts")
def assess_amounts(call: OperationCall) -> Mapping[str, Any]:
    """Sums over the standing findings: recovery to the fund, proposed fine to the treasury (REG 38–41).

    With them the amounts from which this day's law of the region asks for review and hearing (PP 37, APL 63).
    """
    case = case_for_update(call.run)
    findings = list(case.findings.filter(withdrawn_at=None).select_related("party"))
    day = civil_date(call.now)
    recovery = total(band_of(f, judged_on=day).recovery or Money.yuan(0) for f in findings)
    fine = total(Money(f.loss_amount).times(f.multiple) for f in findings)
    case.recovery_amount, case.fine_amount = recovery.amount, fine.amount
    case.save(update_fields=["recovery_amount", "fine_amount"])
    return {
        "recovery_fen": recovery.fen,
        "fine_fen": fine.fen,
        "review_amount_fen": (recovery + fine).fen,
        "amount_involved_fen": Money(standing_loss(case)).fen,
        "is_complex": case.is_complex,
        "review_from_fen": _from_fen("legal_review_amount", case, call),
        "hearing_from_fen": _from_fen("hearing_offer_amount", case, call),
    }


@compute("casework.publish_decided")
def publish_decided(call: OperationCall) -> None:
    """Book the claims of the decision and tell the tips of the same matter that it is decided (TH 14)."""
    case = case_for_update(call.run)
    decision = call.data.get("decision", "undecided")
    if decision == "penalty" or (decision == "no_penalty" and case.recovery_amount > 0):
        book_claims(case, actor=call.act.actor, now=call.now)
    _tell_tips(call, case)


@compute("casework.conclude_case")
def conclude_case(call: OperationCall) -> Mapping[str, Any]:
    """Note the conclusion (办结); what is returned decides on the report to the province (JS19 pt 9).

    A tip that joined the case after its decision took effect is told now: later none can join.
    """
    case = case_for_update(call.run)
    closing.conclude(case, now=call.now)
    _tell_tips(call, case)
    return {
        "amount_involved_fen": Money(standing_loss(case)).fen,
        "report_from_fen": _from_fen("case_report_amount", case, call),
        "public_concern": case.has_public_concern,
        "transferred": bool(call.data.get("transferred")),
        "report_event": "concluded",
    }


@compute("casework.close_case")
def close_case(call: OperationCall) -> None:
    """Close the case when every gate holds. Raises: MayNotClose."""
    case = case_for_update(call.run)
    closing.close(case, was_transferred=bool(call.data.get("transferred")), now=call.now)


@compute("casework.open_province_report")
def open_province_report(call: OperationCall) -> Mapping[str, Any]:
    """Open the report of the event that the run names."""
    case = case_for_update(call.run)
    report = open_report(
        case,
        event=call.data["report_event"],
        was_transferred=bool(call.data.get("transferred")),
        now=call.now,
    )
    return {"report_id": report.pk}


@effect("casework.deliver_province_report")
def deliver_province_report(call: EffectCall) -> Mapping[str, Any]:
    """Lay the report before the superior bureau once its PDF is stored."""
    event = call.payload["report_event"]
    report = deliver_report(call.run.subject_id if call.run else 0, event, now=call.now)
    if report.document is not None and report.document.stored_at is None:
        raise TryLater
    return {"delivered_on": civil_date(call.now).isoformat()}


@effect("casework.store_document")
def store_document(call: EffectCall) -> None:
    """Render and store an issued document."""
    document = Document.objects.select_for_update(of=("self",)).select_related("bureau")
    try:
        keep_document(document.get(pk=call.payload["document"]), now=call.now)
    except StoreDown as down:
        raise TryLater from down


@candidates("casework.case_handlers")
def case_handlers(run: Run, data: Mapping[str, Any]) -> Iterable[int]:
    """Accounts of the handlers appointed to the case at present."""
    serving = Officer.objects.filter(handled_cases__case_id=run.subject_id, handled_cases__released_at=None)
    return serving.values_list("account_id", flat=True)


def _tell_tips(call: OperationCall, case: Case) -> None:
    """Tell every tip of the matter once how its case was decided."""
    facts = {"case_id": case.pk, "decision": call.data.get("decision", "undecided")}
    waiting = [Run.Status.RUNNING, Run.Status.SUSPENDED]
    for run in Run.objects.filter(family=call.act.family, subject_kind="tip", status__in=waiting):
        call.act.deliver(run.pk, "case_decided", facts, key=f"{call.run.pk}:case_decided:{run.pk}")


def _from_fen(key: str, case: Case, call: OperationCall) -> int:
    """The amount of the law from which a decision table answers otherwise: the region's, of this day."""
    found = legal_amount(
        key,
        on=civil_date(call.now),
        region=case.bureau.parameters_region,
        party=call.data.get("party_kind"),
    )
    return found.fen
