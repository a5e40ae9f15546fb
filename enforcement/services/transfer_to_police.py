"""Hand a suspected crime to the police, and take the matter back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from casework.models import Account, Case
from enforcement.models import PoliceTransfer
from workflows.door.commands import command
from workflows.errors import Invalid
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date


@dataclass(frozen=True)
class Judgment:
    """The judgment that ended a criminal case, and what it says the fund lost (0 if nothing)."""

    number: str
    on: date
    loss: Decimal


def decide_transfer(
    *, actor: Account, work_item: WorkItem, transfer: str, grounds: str, reasons: str, key: str, now: datetime
) -> PoliceTransfer:
    """The chief decides on the transfer within three days; a refusal keeps its reasons. Source: TR 5."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        case = Case.objects.get(pk=step.run.subject_id)
        record, _created = PoliceTransfer.objects.update_or_create(
            case=case,
            defaults={
                "grounds": grounds,
                "is_approved": transfer == "transfer",
                "refusal_reasons": reasons if transfer == "refuse" else "",
                "decided_by": actor,
                "decided_at": now,
            },
        )
        step.record("transfer_decided", run=step.run, transfer=transfer)
        step.complete(transfer=transfer)
    return record


def hand_over_to_police(
    *,
    actor: Account,
    work_item: WorkItem,
    police_office: str,
    receipt: str,
    handed_over_at: datetime,
    key: str,
    now: datetime,
) -> PoliceTransfer:
    """Record the hand-over with the receipt of the police, within 24 hours of the approval. Source: TR 5–7."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        record = PoliceTransfer.objects.get(case_id=step.run.subject_id)
        record.police_office, record.receipt, record.handed_over_at = police_office, receipt, handed_over_at
        record.save(update_fields=["police_office", "receipt", "handed_over_at"])
        step.record("handed_to_police", run=step.run)
        step.complete(handed_over_at=handed_over_at.isoformat())
    return record


def record_police_result(
    *, actor: Account, work_item: WorkItem, police: str, result_on: date, note: str, key: str, now: datetime
) -> PoliceTransfer:
    """Record whether the police filed a case. Refused or returned: the bureau decides itself. Source: TR 8–10."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        record = PoliceTransfer.objects.get(case_id=step.run.subject_id)
        record.result, record.result_on, record.outcome = police, result_on, note
        record.save(update_fields=["result", "result_on", "outcome"])
        step.record("police_decided", run=step.run, police=police)
        step.complete(police=police)
    return record


def record_criminal_outcome(
    *,
    actor: Account,
    work_item: WorkItem,
    criminal_outcome: str,
    outcome: str,
    judgment: Judgment | None,
    key: str,
    now: datetime,
) -> PoliceTransfer:
    """Record how the criminal case ended; not prosecuted or not guilty brings the matter back.

    With a judgment goes the loss that it establishes: a reward of the tipster rests on it. Raises: Invalid.
    Source: FR-HS points 21–23; APL 27, 35; 医保办发〔2022〕22号.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        record = PoliceTransfer.objects.get(case_id=step.run.subject_id)
        record.outcome = outcome
        facts: dict[str, str] = {}
        if judgment is not None:
            _check_day(record, judgment, civil_date(now))
            record.judgment_number, record.judgment_on = judgment.number, judgment.on
            record.court_loss = judgment.loss
            facts = {"judgment": judgment.number, "court_loss": str(judgment.loss)}
        record.save(update_fields=["outcome", "judgment_number", "judgment_on", "court_loss"])
        step.record("criminal_case_ended", run=step.run, criminal_outcome=criminal_outcome, **facts)
        step.complete(criminal_outcome=criminal_outcome)
    return record


def _check_day(record: PoliceTransfer, judgment: Judgment, today: date) -> None:
    first = civil_date(record.handed_over_at) if record.handed_over_at else None
    if judgment.on > today or (first and judgment.on < first):
        sentence = _(
            "The day of the judgment lies between the hand-over to the police (%(first)s) and today."
        )
        raise Invalid(sentence, "judgment_on", first=first.isoformat() if first else "—")
