"""Confirm or refuse an outcome of a review or suit: by a second person, of another role, with no duty against it."""

from datetime import datetime

from django.utils.translation import gettext as _

from casework.errors import NotFound
from casework.models import Account
from casework.permissions import Role, units_of
from tips.errors import OwnEntry
from tips.models import CaseOutcome, CaseOutcomeDecision, Reward
from tips.outcomes import may_confirm
from tips.services.enter_outcome import check_amount
from tips.services.recalculate_reward import recalculate_rewards
from workflows.door.commands import matter_of
from workflows.door.transaction import Act
from workflows.duties import duty_conflict
from workflows.errors import AlreadyDone, Invalid

# Whoever confirms it approves the new amount: the same duties as in the process, with what they exclude.
BY_LEADER = ("approve_reward", ["assess", "handle", "verify"])
BY_CHIEF = ("approve_reward_again", ["assess", "approve_reward", "handle", "verify"])


def decide_outcome(
    reward: Reward,
    outcome: CaseOutcome,
    *,
    actor: Account,
    is_confirmed: bool,
    reasons: str = "",
    key: str,
    now: datetime,
) -> CaseOutcomeDecision:
    """Say whether the outcome counts; confirmed, every reward of the case is computed again at once, or none.

    The family is locked, so an order of a payment comes before or after it, never between.
    Raises: NotFound, Repeated, OwnEntry, DutyConflict, AlreadyDone, Invalid, PaymentUnderWay, RiseShort, Suspended.
    """
    if outcome.case_id != reward.case_id or not may_confirm(actor, reward, now):
        raise NotFound
    if outcome.entered_by_id == actor.pk:
        raise OwnEntry
    if not is_confirmed and not reasons:
        raise Invalid(_("Write why the outcome is sent back."), "reasons")
    with matter_of(reward.leading_run, actor=actor, key=key, now=now) as act:
        if CaseOutcomeDecision.objects.filter(outcome=outcome).exists():
            raise AlreadyDone
        _take_duty(act, reward)
        decision = CaseOutcomeDecision.objects.create(
            outcome=outcome, is_confirmed=is_confirmed, reasons=reasons, decided_by=actor, decided_at=now
        )
        said = {"outcome": outcome.pk, "is_confirmed": is_confirmed, "reasons": reasons}
        act.record("outcome_decided", run=reward.leading_run, **said)
        if is_confirmed:
            check_amount(outcome.case, outcome.base_amount)
            recalculate_rewards(act, outcome)
    return decision


def _take_duty(act: Act, reward: Reward) -> None:
    is_chief = reward.bureau_id in units_of(act.actor, [Role.CHIEF], act.now)
    duty, excludes = BY_CHIEF if is_chief else BY_LEADER
    if conflict := duty_conflict(act.actor, family_id=act.family.pk, duty=duty, excludes=excludes):
        raise conflict
    act.hold_duty(act.actor.pk, duty, run=reward.leading_run, element_id="decide_outcome", excludes=excludes)
