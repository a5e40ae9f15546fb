"""Outcomes of reviews and suits: which ones count, which one waits, who may enter and who may confirm them."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from casework.models import Account, Case
from casework.permissions import Role, units_of
from tips.models import CaseOutcome, Reward
from tips.permissions import RewardPermission, may_reward

ENTERS = (Role.REWARD_OFFICER,)
CONFIRMS = (Role.LEADER, Role.CHIEF)


def may_enter(account: Account, reward: Reward, now: datetime) -> bool:
    """Whether an account may enter an outcome: a reward officer who may see the reward."""
    return _may(account, reward, ENTERS, now)


def may_confirm(account: Account, reward: Reward, now: datetime) -> bool:
    """Whether an account may confirm one: leader or chief who may see the reward; duties are looked at later."""
    return _may(account, reward, CONFIRMS, now)


def _may(account: Account, reward: Reward, roles: tuple[Role, ...], now: datetime) -> bool:
    return reward.bureau_id in units_of(account, roles, now) and may_reward(
        account, reward, RewardPermission.VIEW, now
    )


def outcomes_of(case: Case) -> QuerySet[CaseOutcome]:
    """Every outcome of a case in the order of entry, with what was said of it."""
    found = CaseOutcome.objects.filter(case=case).order_by("id")
    return found.select_related("entered_by", "decision__decided_by")


def waiting_outcome(case: Case) -> CaseOutcome | None:
    """The one that nobody has decided on yet."""
    return CaseOutcome.objects.filter(case=case, decision=None).first()


def waiting_rewards(among: QuerySet[Reward]) -> list[Reward]:
    """Rewards with an outcome of their case that nobody has decided on yet."""
    waiting = CaseOutcome.objects.filter(case=OuterRef("case"), decision=None)
    return list(among.filter(Exists(waiting)))


def latest_outcome(case: Case, *, since: datetime | None = None) -> CaseOutcome | None:
    """The outcome that counts: the last one confirmed, if that was after a moment."""
    confirmed = CaseOutcome.objects.filter(case=case, decision__is_confirmed=True)
    if since is not None:
        confirmed = confirmed.filter(decision__decided_at__gt=since)
    return confirmed.order_by("-decision__id").first()
