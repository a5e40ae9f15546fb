"""Notify the party of the intended penalty."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from casework.models import Account, Case
from casework.services.issue_document import issue_document
from casework.services.serve_document import serve_document
from enforcement import documents
from enforcement.errors import ReviewMissing
from enforcement.models import LegalReview, PenaltyNotice
from enforcement.selectors import latest_review
from workflows.door.commands import Step, command
from workflows.models import WorkItem


def serve_notice(
    *,
    actor: Account,
    work_item: WorkItem,
    served_on: date,
    method: str,
    receiver: str,
    key: str,
    now: datetime,
) -> PenaltyNotice:
    """Issue 行政处罚事先告知书 and record its service; the periods of the party run from that day.

    Raises: ReviewMissing when a required review has not passed. Source: PP 41; APL 44, 63.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        case = Case.objects.select_related("bureau").get(pk=step.run.subject_id)
        require_passed_review(case, step.data)
        notice = _issue(step, case, actor, served_on, now)
        serve_document(
            step, document=notice.document, method=method, served_on=served_on, receiver=receiver, actor=actor
        )
        step.record("notice_served", run=step.run, round=notice.round, served_on=served_on.isoformat())
        step.complete(notice_served_on=served_on.isoformat())
    return notice


def require_passed_review(case: Case, data: Mapping[str, Any]) -> None:
    """Refuse to go on when the model asked for a review that did not end in agreement (PP 37)."""
    if data.get("legal_review") != "required":
        return
    review = latest_review(case)
    if review is None or review.opinion != LegalReview.Opinion.AGREE:
        raise ReviewMissing


def _issue(step: Step, case: Case, actor: Account, served_on: date, now: datetime) -> PenaltyNotice:
    offers_hearing = step.data.get("hearing_offer") == "offered"
    document = issue_document(
        step,
        step.run,
        kind="penalty_notice",
        subject=("case", case.pk),
        bureau=case.bureau,
        context=documents.penalty_notice(case, offers_hearing=offers_hearing, on=served_on),
        actor=actor,
    )
    return PenaltyNotice.objects.create(
        case=case,
        round=case.notices.count() + 1,
        recovery_amount=case.recovery_amount,
        fine_amount=case.fine_amount,
        offers_hearing=offers_hearing,
        document=document,
        served_on=served_on,
        issued_by=actor,
        issued_at=now,
    )
