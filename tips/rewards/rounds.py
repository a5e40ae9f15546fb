"""A round of its own for what is still due after a reward was over: assessed, approved, claimed and paid like any."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from tips.models import Reward
from tips.runs import begin_reward
from workflows.door.commands import matter_of
from workflows.door.transaction import Act
from workflows.errors import Busy, Repeated
from workflows.models import Run


def begin_round(act: Act, reward: Reward, **facts: Any) -> None:
    """Begin the next round; what was paid before stays paid. The caller saves the reward."""
    reward.round += 1
    reward.is_eligible = reward.assessed_at = reward.assessed_by = reward.notified_at = reward.claimed_at = (
        None
    )
    reward.lapsed_at = reward.given_up_at = reward.identity_confirmed_by = reward.sealed_payee = None
    reward.rest_since, reward.reasons = None, ""
    begin_reward(act, reward)
    act.record("reward_topped_up", run=reward.run, round=reward.round, **facts)


def begin_return(act: Act, reward: Reward) -> None:
    """Begin a round for money that came back: approved already, it waits for another account. The caller saves it."""
    reward.round += 1
    reward.claimed_at = reward.identity_confirmed_by = reward.sealed_payee = None
    reward.lapsed_at = reward.given_up_at = reward.rest_since = None
    begin_reward(act, reward, begun_for="return")


def begin_rests(now: datetime) -> int:
    """Begin the round of every reward of which some were paid by a lower amount; returns how many."""
    due = Reward.objects.filter(rest_since__lte=now, run__status=Run.Status.ENDED)
    begun = 0
    for reward in due.select_related("run").order_by("pk"):
        key = f"rest:{reward.pk}:{reward.round}"
        with suppress(Repeated, Busy), matter_of(reward.leading_run, actor=None, key=key, now=now) as act:
            held = Reward.objects.select_for_update(of=("self",)).select_related("run", "tip")
            begin_round(act, (one := held.get(pk=reward.pk)))
            one.save()
            begun += 1
    return begun


def end_round(reward: Reward) -> None:
    """Take back a round that has nothing to pay, before it was approved: the reward stands as the last one left it."""
    approved = reward.approvals.filter(step=2, is_approved=True).latest("id")
    reward.round -= 1
    reward.is_eligible, reward.assessed_at, reward.amount = True, approved.approved_at, approved.amount
