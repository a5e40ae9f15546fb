"""Walls around tips and rewards: a claim of work opens what the work needs, and no more."""

from datetime import datetime
from enum import StrEnum

from guardian.shortcuts import assign_perm

from casework.errors import NotFound
from casework.models import Account, Bureau
from casework.permissions import Role, units_of
from tips.models import (
    Reward,
    RewardGroupPermission,
    RewardScheme,
    RewardUserPermission,
    Tip,
    TipGroupPermission,
    TipUserPermission,
)
from workflows import registry
from workflows.models import WorkItem


class TipPermission(StrEnum):
    """Grants on a single tip."""

    VIEW = "view_tip"
    OPEN_WORDS = "open_tip_words"


class RewardPermission(StrEnum):
    """Grants on a single reward: who pays or confirms the identity sees nothing else of it."""

    VIEW = "view_reward"
    PAY = "pay_reward"
    CONFIRM_IDENTITY = "confirm_identity"


# Roles that see every row of their own bureau's register; the sealed words stay closed to them.
SEES_ALL = frozenset({Role.CHIEF, Role.AUDITOR})
# Work that cannot be done without the tipster's own words and messages.
WORK_WITH_WORDS = frozenset({"register_tip", "review_copy", "answer_tipster", "archive_tip"})
# Reward schemes: who drafts them, and who approves what another person has drafted.
PROPOSES_SCHEMES = frozenset({Role.REWARD_OFFICER, Role.LEADER, Role.CHIEF})
APPROVES_SCHEMES = frozenset({Role.LEADER, Role.CHIEF})
REWARD_GRANTS = {
    "order_payment": RewardPermission.PAY,
    "release_payment": RewardPermission.PAY,
    "pay_reward": RewardPermission.PAY,
    "confirm_identity": RewardPermission.CONFIRM_IDENTITY,
    "deliver_reward_notice": RewardPermission.CONFIRM_IDENTITY,
}


def may_change_scheme(scheme: RewardScheme, bureau: Bureau) -> bool:
    """Whether a bureau decides what a scheme says: its own ones, and those of the product where nobody is above it."""
    if scheme.bureau_id is None:
        return bureau.superior_id is None
    return scheme.bureau_id == bureau.pk


@registry.claim_hook("tip")
def open_tip_by_claim(*, item: WorkItem, account: Account, now: datetime) -> None:
    """Whoever takes work on a tip may see it; its sealed words only where the work needs them."""
    tip = Tip.objects.get(pk=item.run.subject_id)
    assign_perm(TipPermission.VIEW, account, tip)
    if item.form in WORK_WITH_WORDS:
        assign_perm(TipPermission.OPEN_WORDS, account, tip)


@registry.claim_hook("reexamination")
def open_reexamination_by_claim(*, item: WorkItem, account: Account, now: datetime) -> None:
    """Whoever looks at a decision again reads the tipster's words."""
    tip = Tip.objects.get(reexaminations__pk=item.run.subject_id)
    assign_perm(TipPermission.VIEW, account, tip)
    assign_perm(TipPermission.OPEN_WORDS, account, tip)


@registry.claim_hook("reward")
def open_reward_by_claim(*, item: WorkItem, account: Account, now: datetime) -> None:
    """Paying opens the payment, confirming the identity opens the identity, other work the reward."""
    reward = Reward.objects.get(pk=item.run.subject_id)
    assign_perm(REWARD_GRANTS.get(item.form, RewardPermission.VIEW), account, reward)


def may_tip(account: Account, tip: Tip, permission: TipPermission, now: datetime) -> bool:
    """Whether an account may do this with a tip: the register by role, everything else by grant."""
    if not account.is_authenticated or not account.is_active:
        return False
    if permission == TipPermission.VIEW and tip.bureau_id in units_of(account, SEES_ALL, now):
        return True
    facts = {"content_object": tip, "permission__codename": permission}
    return (
        TipUserPermission.objects.filter(user=account, **facts).exists()
        or TipGroupPermission.objects.filter(group__user=account, **facts).exists()
    )


def require_tip(account: Account, tip: Tip, permission: TipPermission, *, now: datetime) -> None:
    """Refuse outsiders as if the tip did not exist. Raises: NotFound."""
    if not may_tip(account, tip, permission, now):
        raise NotFound


def may_reward(account: Account, reward: Reward, permission: RewardPermission, now: datetime) -> bool:
    """Whether an account may do this with a reward."""
    if not account.is_authenticated or not account.is_active:
        return False
    if permission == RewardPermission.VIEW and reward.bureau_id in units_of(account, SEES_ALL, now):
        return True
    facts = {"content_object": reward, "permission__codename": permission}
    return (
        RewardUserPermission.objects.filter(user=account, **facts).exists()
        or RewardGroupPermission.objects.filter(group__user=account, **facts).exists()
    )


def require_reward(account: Account, reward: Reward, permission: RewardPermission, *, now: datetime) -> None:
    """Refuse outsiders as if the reward did not exist. Raises: NotFound."""
    if not may_reward(account, reward, permission, now):
        raise NotFound
