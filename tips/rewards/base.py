"""案值: how much fund money comes back because of what a tip reported, and when that is settled.

Source: 医保办发〔2022〕22号 (VERIFIED-2): the loss that is to be recovered because of the matters in the tip; fines are
no part. Where the bureau may pay only once the fund has its money back, it is what came back (RECALLED).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.document_facts import standing_findings
from casework.models import Case
from casework.rules.money import ZERO, Money
from casework.rules.parameters import legal_flag
from enforcement.models import Payment, PenaltyDecision, PoliceTransfer
from enforcement.selectors import open_amount, paid_amount
from tips.models import CaseOutcome, Reward, Tip
from tips.rules.credits import bases
from tips.rules.shares import split_in_proportion
from tips.selectors import tips_of_case
from workflows.rules.calendar import civil_date

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Settled:
    """The paper that ended a case: the bureau's own decision or a judgment."""

    number: str
    on: date


def reward_bases(case: Case) -> dict[int, Decimal]:
    """The base of each tip of a case today, in order of receipt; empty while no reward is opened."""
    decision = PenaltyDecision.objects.filter(case=case).first()
    if decision is None:
        return _base_by_court(case)
    if waits_for_recovery(decision) and open_amount(decision, Payment.Kind.RECOVERY) > 0:
        return {}
    return _shared(case)


def base_of_outcome(reward: Reward, outcome: CaseOutcome) -> Decimal:
    """What an outcome leaves of a reward's base: of several tips each has its part, as the findings gave it.

    A paper of a review or suit names one amount for the case; nothing says whose finding fell (ours, RECALLED).
    """
    parts = {tip: Money(part) for tip, part in _shared(reward.case).items() if part}
    if set(parts) <= {reward.tip_id}:
        return outcome.base_amount
    shares = split_in_proportion(Money(outcome.base_amount), list(parts.values()))
    return dict(zip(parts, shares, strict=True)).get(reward.tip_id, ZERO).amount


def most_of(case: Case) -> Decimal:
    """What was decided, or established by a court, to be the fund's; a reward has no higher base.

    Where the fund must have its money back first, what came back.
    """
    decision = PenaltyDecision.objects.filter(case=case).first()
    if decision is None:
        return _court_loss(case)
    if waits_for_recovery(decision):
        return paid_amount(decision, Payment.Kind.RECOVERY)
    return decision.recovery_amount


def waits_for_recovery(decision: PenaltyDecision) -> bool:
    """Whether a reward opens only when the recovery is booked in full, by the rule on the day of the decision.

    Source: the parameter `reward_waits_for_recovery` (RECALLED). The fine is never waited for. What a court orders is
    collected by the court and not booked here: a reward on its judgment does not wait.
    """
    region = decision.case.bureau.parameters_region
    return legal_flag("reward_waits_for_recovery", on=civil_date(decision.decided_at), region=region)


def settled_by(case: Case) -> Settled | None:
    """The decision or judgment that ended a case; nothing while neither is there."""
    decision = PenaltyDecision.objects.select_related("document").filter(case=case).first()
    if decision is not None:
        return Settled(decision.document.number if decision.document else "", civil_date(decision.decided_at))
    transfer = _judged(case)
    return (
        Settled(transfer.judgment_number, transfer.judgment_on) if transfer and transfer.judgment_on else None
    )


def withdrew_before_decision(tip: Tip, case: Case) -> bool:
    """Whether a tip was withdrawn before the case was decided, which rules a reward out (RECALLED).

    Of a judgment only the day is known: who withdrew on that day is not shut out.
    """
    if tip.withdrawn_at is None:
        return False
    decision = PenaltyDecision.objects.filter(case=case).first()
    if decision is not None:
        return tip.withdrawn_at < decision.decided_at
    settled = settled_by(case)
    return settled is None or civil_date(tip.withdrawn_at) < settled.on


def _base_by_court(case: Case) -> dict[int, Decimal]:
    """The reported findings as far as the court follows; without any the first tip has all, if one began the case."""
    if not standing_findings(case):
        first = tips_of_case(case).first()
        return {first.pk: _court_loss(case)} if first and case.origin == "tip" else {}
    return _shared(case)


def _shared(case: Case) -> dict[int, Decimal]:
    """Each tip has the loss of its own findings, all together at most what is the fund's."""
    order = list(tips_of_case(case).values_list("pk", flat=True))
    found = ((finding.lead, finding.loss_amount) for finding in standing_findings(case))
    return bases(order, found, most_of(case))


def _court_loss(case: Case) -> Decimal:
    transfer = _judged(case)
    return (transfer.court_loss if transfer else None) or NOTHING


def _judged(case: Case) -> PoliceTransfer | None:
    return PoliceTransfer.objects.filter(case=case, judgment_on__isnull=False).first()
