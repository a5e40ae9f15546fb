"""Reading: the latest notice, review and statement of a case; what is paid and what is open."""

from decimal import Decimal

from django.db.models import Sum

from casework.models import Case
from enforcement.models import LegalReview, Payment, PenaltyDecision, PenaltyNotice, Statement


def latest_notice(case: Case) -> PenaltyNotice | None:
    """The notice that counts: a new one replaces the earlier ones."""
    return case.notices.order_by("-round").first()


def latest_review(case: Case) -> LegalReview | None:
    """The last round of legal review."""
    return case.legal_reviews.order_by("-round").first()


def open_statement(case: Case) -> Statement | None:
    """The party's statement on the latest notice that still waits for an answer."""
    notice = latest_notice(case)
    return notice.statements.filter(answered_at=None).order_by("id").last() if notice else None


def paid_amount(decision: PenaltyDecision, kind: str) -> Decimal:
    """Yuan booked so far for one kind, recovery or fine."""
    total = decision.payments.filter(kind=kind).aggregate(total=Sum("amount"))["total"]
    return total or Decimal("0.00")


def due_amount(decision: PenaltyDecision, kind: str) -> Decimal:
    """Yuan that the decision asks for under one kind."""
    return decision.recovery_amount if kind == Payment.Kind.RECOVERY else decision.fine_amount


def open_amount(decision: PenaltyDecision, kind: str) -> Decimal:
    """Yuan still to be paid under one kind; the two kinds are never netted."""
    return due_amount(decision, kind) - paid_amount(decision, kind)


def is_paid(decision: PenaltyDecision) -> bool:
    """Whether fund money and fine are both booked in full."""
    return all(open_amount(decision, kind) == 0 for kind in Payment.Kind.values)
