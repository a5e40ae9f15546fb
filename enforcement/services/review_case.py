"""Give the legal opinion on a case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from casework.models import Account, Case
from casework.services.issue_document import issue_document
from enforcement import documents
from enforcement.models import LegalReview
from workflows.door.commands import command
from workflows.models import WorkItem


def review_case(
    *,
    actor: Account,
    work_item: WorkItem,
    opinion: str,
    checklist: Mapping[str, Any],
    reasons: str,
    key: str,
    now: datetime,
) -> LegalReview:
    """Record one round of legal review with its opinion and document.

    The door refuses whoever handled the matter. Source: PP 37–40; APL 58.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        case = Case.objects.select_related("bureau").get(pk=step.run.subject_id)
        review = LegalReview.objects.create(
            case=case,
            round=case.legal_reviews.count() + 1,
            opinion=opinion,
            checklist=dict(checklist),
            reasons=reasons,
            proposed_recovery_amount=case.recovery_amount,
            proposed_fine_amount=case.fine_amount,
            reviewer=actor,
            reviewed_at=now,
        )
        review.document = issue_document(
            step,
            step.run,
            kind="legal_review_opinion",
            subject=("case", case.pk),
            bureau=case.bureau,
            context=documents.legal_review_opinion(case, review, submitted_at=work_item.offered_at),
            actor=actor,
        )
        review.save(update_fields=["document"])
        step.record("legal_review_given", run=step.run, opinion=opinion, round=review.round)
        step.complete(opinion=opinion)
    return review
