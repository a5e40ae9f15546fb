"""The report of a case to the province (案情报告): open, draft, send, deliver, acknowledge."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from casework.document_facts import handler_facts, main_party, party_facts
from casework.documents.contexts import ProvinceReportFacts
from casework.models import Account, Bureau, Case, Document, ProvinceReport
from casework.rules.money import Money
from casework.rules.province_report import ReportFacts, report_triggers
from casework.selectors import standing_loss
from casework.services.issue_document import issue_document
from casework.services.numbering import official_number
from workflows.door.commands import Step, command
from workflows.errors import Invalid
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date

CLOCK = "case_report_to_province"


def open_report(case: Case, *, event: str, was_transferred: bool, now: datetime) -> ProvinceReport:
    """Open the report of an event with its triggers; one per event. Source: JS19 pt 9."""
    facts = ReportFacts(Money(standing_loss(case)), was_transferred, case.has_public_concern)
    triggers = report_triggers(facts, on=civil_date(now), region=case.bureau.parameters_region)
    report, _created = ProvinceReport.objects.get_or_create(
        case=case, event=event, defaults={"triggers": [str(t) for t in triggers], "opened_at": now}
    )
    return report


def draft_report(
    *,
    actor: Account,
    work_item: WorkItem,
    discovery: str,
    violations: str,
    outcome: str,
    basis: str,
    key: str,
    now: datetime,
) -> ProvinceReport:
    """Write the four parts that the rule demands; none may point at a tipster. Source: JS19 pt 9."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        report = report_of(step.work_item)
        report.discovery, report.violations = discovery, violations
        report.outcome, report.basis = outcome, basis
        report.save(update_fields=["discovery", "violations", "outcome", "basis"])
        step.record("report_drafted", run=step.run, report=report.pk)
        step.complete()
    return report


def send_report(
    *, actor: Account, work_item: WorkItem, report: str, reasons: str, key: str, now: datetime
) -> ProvinceReport:
    """Approve and send the report (send), or return it (send_back). The document is issued here."""
    if report == "send_back" and not reasons.strip():
        raise Invalid(_("Write what has to be changed."), field="reasons")
    with command(work_item, actor=actor, key=key, now=now) as step:
        row = report_of(step.work_item)
        if report == "send":
            row.sent_at, row.sent_by = now, actor
            row.document = _issue(step, row)
            row.save(update_fields=["sent_at", "sent_by", "document"])
        step.record("report_answered", run=step.run, report=row.pk, answer=report, reasons=reasons)
        step.complete(report=report)
    return row


def acknowledge_report(*, actor: Account, work_item: WorkItem, key: str, now: datetime) -> ProvinceReport:
    """Confirm the receipt in the superior bureau, with a number of its own register."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        report = report_of(step.work_item)
        superior = Bureau.objects.get(pk=step.work_item.unit_id)
        report.receipt_number = official_number(superior, "report_receipt", civil_date(now))
        report.received_at, report.received_by = now, actor
        report.save(update_fields=["receipt_number", "received_at", "received_by"])
        step.record("report_received", run=step.run, report=report.pk, receipt=report.receipt_number)
        step.complete(receipt=report.receipt_number)
    return report


def deliver_report(case_id: int, event: str, *, now: datetime) -> ProvinceReport:
    """Lay the sent report before the superior bureau; twice does no harm."""
    report = ProvinceReport.objects.select_for_update().get(case_id=case_id, event=event)
    if report.delivered_at is None:
        report.delivered_at = now
        report.save(update_fields=["delivered_at"])
    return report


def report_of(item: WorkItem) -> ProvinceReport:
    """The report that a work item of the report's process is about."""
    found = ProvinceReport.objects.select_related("case__bureau__superior", "document")
    return found.get(case_id=item.run.subject_id, event=item.data["report_event"])


def _issue(step: Step, report: ProvinceReport) -> Document:
    case = report.case
    return issue_document(
        step,
        step.run,
        kind="province_report",
        subject=("case", case.pk),
        bureau=case.bureau,
        context=report_facts(report, step),
        actor=step.actor,
    )


def report_facts(report: ProvinceReport, step: Step) -> ProvinceReportFacts:
    """The document's facts, from the case and the four written parts."""
    case = report.case
    handlers = handler_facts(case)
    clock = step.run.clocks.filter(rule_key=CLOCK, ended_at=None).first()
    started = case.concluded_at if report.event == ProvinceReport.Event.CONCLUDED else report.opened_at
    return ProvinceReportFacts(
        superior_bureau=(case.bureau.superior or case.bureau).name,
        party=party_facts(main_party(case)),
        case_number=case.number,
        cause=case.cause,
        event=report.event,
        event_on=civil_date(started or report.opened_at),
        due_on=civil_date(clock.due_at if clock else step.now),
        triggers=tuple(report.triggers),
        amount_involved=standing_loss(case),
        recovery_amount=case.recovery_amount,
        fine_amount=case.fine_amount,
        discovery=report.discovery,
        violations=report.violations,
        outcome=report.outcome,
        basis=report.basis,
        signatory=str(step.actor),
        contact_person=handlers[0].name if handlers else "",
        contact_telephone=case.bureau.telephone,
        police_authority="公安机关",
    )
