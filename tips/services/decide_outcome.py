"""Confirm or refuse an outcome of a review or suit: by a second person, of another role, with no duty against it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from casework.errors import NotFound
from casework.models import Account
from casework.permissions import Role, units_of
from tips.errors import OwnEntry
from tips.models import CaseOutcome, CaseOutcomeDecision, Reward, RewardDiscussion, RewardRecalculation
from tips.rewards.outcomes import may_confirm
from tips.services.approve_reward import discussion_from
from tips.services.enter_outcome import check_amount
from tips.services.recalculate_reward import recalculate_rewards
from workflows.door.commands import matter_of
from workflows.door.transaction import Act
from workflows.duties import duty_conflict
from workflows.errors import AlreadyDone, Invalid

# Whoever confirms it approves the new amount: the same duties as in the process, with what they exclude.
BY_LEADER = ("approve_reward", ["assess", "handle", "verify"])
BY_CHIEF = ("approve_reward_again", ["assess", "approve_reward", "handle", "verify"])


@dataclass(frozen=True)
class Minutes:
    """A collective discussion (集体讨论) in which the risen reward was agreed to."""

    held_on: date
    participants: str
    opinions: str


def decide_outcome(
    reward: Reward,
    outcome: CaseOutcome,
    *,
    actor: Account,
    is_confirmed: bool,
    reasons: str = "",
    minutes: Minutes | None = None,
    key: str,
    now: datetime,
) -> CaseOutcomeDecision:
    """Say whether the outcome counts; confirmed, every reward of the case is computed again at once, or none.

    A reward that rises to the amount of a collective discussion needs its minutes, as before a second approval.
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
            _keep_minutes(act, outcome, minutes)
    return decision


def needs_discussion(figures: RewardRecalculation, now: datetime) -> bool:
    """Whether a reward, approved and not paid, rises to the amount from which it is discussed. Source: RECALLED."""
    before, after = figures.approved_before, figures.approved_after
    if before is None or after is None:
        return False
    return after > before and after >= discussion_from(figures.reward, now).money().amount


def _keep_minutes(act: Act, outcome: CaseOutcome, minutes: Minutes | None) -> None:
    for figures in outcome.recalculations.select_related("reward__bureau"):
        if not needs_discussion(figures, act.now):
            continue
        if minutes is None:
            sentence = _(
                "A reward of this amount is discussed collectively: give the day, the people and their words."
            )
            raise Invalid(sentence, "held_on")
        RewardDiscussion.objects.create(
            reward=figures.reward,
            amount=figures.reward.assessed_amount,
            is_agreed=True,
            recorded_by=act.actor,
            recorded_at=act.now,
            **vars(minutes),
        )
        act.record("reward_discussed", run=figures.reward.leading_run, result="agreed")


def _take_duty(act: Act, reward: Reward) -> None:
    is_chief = reward.bureau_id in units_of(act.actor, [Role.CHIEF], act.now)
    duty, excludes = BY_CHIEF if is_chief else BY_LEADER
    if conflict := duty_conflict(act.actor, family_id=act.family.pk, duty=duty, excludes=excludes):
        raise conflict
    act.hold_duty(act.actor.pk, duty, run=reward.leading_run, element_id="decide_outcome", excludes=excludes)
