"""Enter what a review or a suit made of the amount of a case; nothing changes before a second person confirms it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from casework.errors import NotFound
from casework.models import Account, Case
from casework.rules.money import Money
from tips.errors import OutcomeWaits
from tips.models import CaseOutcome, Reward
from tips.rewards.base import most_of, settled_by
from tips.rewards.outcomes import may_enter, waiting_outcome
from workflows.door.commands import matter_of
from workflows.duties import duty_conflict
from workflows.errors import Invalid
from workflows.rules.calendar import civil_date

# Whoever enters it assesses the reward anew: the same duty, and the same that it excludes.
DUTY, EXCLUDES = "assess", ["register", "verify", "handle"]


@dataclass(frozen=True)
class Paper:
    """What the paper of the deciding body says."""

    kind: str
    deciding_body: str
    document_number: str
    decided_on: date
    is_revoked: bool
    base_amount: Decimal
    reasons: str


def enter_outcome(reward: Reward, paper: Paper, *, actor: Account, key: str, now: datetime) -> CaseOutcome:
    """Keep the paper with the case of a reward; until it is decided on no payment of the case is ordered.

    Raises: NotFound, Repeated, DutyConflict, OutcomeWaits, Invalid. Source: our design (RECALLED); no text read
    says how a reward follows a review or suit.
    """
    if not may_enter(actor, reward, now):
        raise NotFound
    run = reward.leading_run
    with matter_of(run, actor=actor, key=key, now=now) as act:
        if conflict := duty_conflict(actor, family_id=act.family.pk, duty=DUTY, excludes=EXCLUDES):
            raise conflict
        if waiting_outcome(reward.case):
            raise OutcomeWaits
        _check_day(reward.case, paper, civil_date(now))
        check_amount(reward.case, paper.base_amount)
        outcome = CaseOutcome.objects.create(
            case=reward.case, **vars(paper), entered_by=actor, entered_at=now
        )
        act.hold_duty(actor.pk, DUTY, run=run, element_id="enter_outcome", excludes=EXCLUDES)
        act.record("outcome_entered", run=run, outcome=outcome.pk, kind=outcome.kind)
        act.answer = {"outcome": outcome.pk}
    return outcome


def check_amount(case: Case, base: Decimal) -> None:
    """A reward rests on what is the fund's by the decision or judgment: more cannot be its base. Raises: Invalid."""
    most = most_of(case)
    if base > most:
        sentence = _(
            "By the decision and the books only %(most)s comes back to the fund because of this case; a reward has "
            "no higher base."
        )
        raise Invalid(sentence, "base_amount", most=Money(most).symbol())


def _check_day(case: Case, paper: Paper, today: date) -> None:
    settled = settled_by(case)
    first = settled.on if settled else case.filed_on
    if not first <= paper.decided_on <= today:
        sentence = _("The day lies between the decision of the case (%(first)s) and today.")
        raise Invalid(sentence, "decided_on", first=first.isoformat())
