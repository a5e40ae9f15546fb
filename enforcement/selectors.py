"""Reading: the latest notice, review and statement of a case; what is paid, open and late."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from casework.models import Case
from casework.rules.money import ZERO, Money
from enforcement.models import LegalReview, Payment, PenaltyDecision, PenaltyNotice, Statement
from enforcement.rules.surcharge import Surcharge, surcharge_of_parts
from workflows.models import Clock
from workflows.rules.calendar import civil_date
from workflows.rules.clock import Pause


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


def surcharge_on_fine(decision: PenaltyDecision, *, on: date) -> Surcharge:
    """What a day adds to a fine that is paid late (加处罚款), over the paid and the open parts.

    The days on which the payment period rested, as in a review or suit, do not count. Source: APL 72–73; PP 55.
    """
    clock = Clock.objects.filter(run=decision.case.run_id, rule_key="fine_payment").order_by("-id").first()
    if clock is None:
        return Surcharge(0, ZERO, False)
    paid = decision.payments.filter(kind=Payment.Kind.FINE).values_list("amount", "paid_on")
    parts = [(Money(amount), day) for amount, day in paid]
    still_open = Money(open_amount(decision, Payment.Kind.FINE))
    if still_open:
        parts.append((still_open, on))
    rests = [Pause(p.first_date, max(p.first_date, p.last_date or on)) for p in clock.pauses.all()]
    return surcharge_of_parts(
        parts, civil_date(clock.due_at), rests=rests, region=decision.case.bureau.parameters_region
    )
