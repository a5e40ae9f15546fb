"""Where a reward stands, in one set of words for tipsters and officers: derived from its run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q, Sum

from tips.coming_back.steps import PublicStep, step_at
from tips.coming_back.steps.reward import GIVEN_UP, LAPSED, PAID, REFUSED, STOPPED
from tips.coming_back.steps.tip import PAUSED
from tips.models import Payout, Reward, Tip
from tips.services.claim_reward import CLAIMED
from tips.services.claim_reward import GIVEN_UP as GIVEN_UP_MESSAGE
from tips.services.confirm_identity import CLAIM_CLOCKS
from workflows.models import Run
from workflows.selectors import live_elements_of, open_clocks

OPEN = (Run.Status.RUNNING, Run.Status.SUSPENDED)


@dataclass(frozen=True)
class RewardStatus:
    """A reward as its tipster sees it."""

    reward: Reward
    step: PublicStep
    can_claim: bool
    claim_until: datetime | None
    can_give_up: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something may still happen with it."""
        return self.reward.leading_run.status in OPEN


def reward_of(tip: Tip) -> RewardStatus | None:
    """The reward of a tip, if one was opened."""
    reward = Reward.objects.select_related("run").filter(tip=tip).first()
    if reward is None or reward.run is None:
        return None
    clock = open_clocks(reward.run).filter(rule_key__in=CLAIM_CLOCKS).first()
    can_claim = reward.run.subscriptions.filter(message=CLAIMED).exists()
    can_give_up = reward.run.subscriptions.filter(message=GIVEN_UP_MESSAGE).exists()
    until = clock.due_at if clock else None
    return RewardStatus(reward, reward_step(reward), can_claim, until, can_give_up)


def reward_step(reward: Reward) -> PublicStep:
    """The step of one reward."""
    return reward_steps([reward])[reward.pk]


def reward_steps(rewards: Sequence[Reward]) -> dict[int, PublicStep]:
    """The step of each reward by its number, with `run` at hand: six statements for any number of rewards."""
    sums = (
        Payout.objects.filter(reward__in=rewards, came_back=None)
        .values("reward")
        .annotate(all=Sum("amount"), now=Sum("amount", filter=Q(round=F("reward__round"))))
    )
    found = {one["reward"]: one["all"] for one in sums.order_by() if one["now"]}
    paid = {one.pk for one in rewards if one.pk in found and _is_paid(one, found[one.pk])}
    live = live_elements_of([one.leading_run.pk for one in rewards])
    return {one.pk: _step(one, one.pk in paid, live.get(one.leading_run.pk, set())) for one in rewards}


def _is_paid(reward: Reward, paid: Decimal) -> bool:
    """Under joint names once all are, or what is left lapsed or is not due any more."""
    return paid >= reward.assessed_amount or reward.leading_run.status not in OPEN


def _step(reward: Reward, is_paid: bool, live: set[str]) -> PublicStep:
    """While the run goes on, its place; afterwards, how it ended."""
    if is_paid:
        return PAID
    status = reward.leading_run.status
    if status == Run.Status.RUNNING:
        return step_at("tip_reward", live)
    if status == Run.Status.SUSPENDED:
        return PAUSED
    if reward.lapsed_at:
        return LAPSED
    if reward.given_up_at:
        return GIVEN_UP
    return REFUSED if status == Run.Status.ENDED else STOPPED
