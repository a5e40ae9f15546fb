"""The parts of a reward (联名举报): who of those who reported together gets how much, by number, never by name."""

from decimal import Decimal

from casework.rules.money import ZERO, Money, total
from casework.selectors import balances
from tips.models import Reward
from tips.rules.budget import PROMISED
from tips.rules.shares import split_by_percentages, split_equally, split_in_proportion
from tips.sealing import identity
from tips.services.book_budget import LEDGER


def parts_of(reward: Reward) -> dict[int, Money]:
    """Each person's part of what this round pays, numbered in the order of the report; they add up to it.

    As they agreed, else equally; one person without joint names. In a later round each gets the part of the whole
    less what the bank paid this person before. Source: RECALLED (`tips/rules/shares.py`).
    """
    amount, known = Money(reward.to_pay or ZERO.amount), identity.known_identity(reward.tip)
    if known is None or not known.others:
        return {1: amount}
    whole, shares = Money(reward.amount or ZERO.amount), known.agreed_shares
    parts = split_by_percentages(whole, shares) if shares else split_equally(whole, len(known.people))
    return _less_paid_before(reward, dict(enumerate(parts, 1)), amount)


def _less_paid_before(reward: Reward, parts: dict[int, Money], amount: Money) -> dict[int, Money]:
    before: dict[int, Money] = {}
    for payout in reward.payouts.filter(round__lt=reward.round, came_back=None):
        before[payout.person] = before.get(payout.person, ZERO) + Money(payout.amount)
    left = {person: max(ZERO, part - before.get(person, ZERO)) for person, part in parts.items()}
    # Whoever has more than the own part already leaves that much less for the others.
    if amount < total(left.values()):
        return dict(zip(left, split_in_proportion(amount, list(left.values())), strict=True))
    return left


def unpaid_parts(reward: Reward) -> dict[int, Money]:
    """The parts of those whom the bank paid nothing yet in this round."""
    # Whose payment came back is paid in another round: one round pays a person once.
    paid = set(reward.payouts.filter(round=reward.round).values_list("person", flat=True))
    return {person: part for person, part in parts_of(reward).items() if person not in paid}


def open_parts(reward: Reward, due: Money | None = None) -> dict[int, Money]:
    """What each who was not paid yet gets of what is due, without `due` of all that the budget keeps for the reward.

    Nobody gets more than the own part. Where a review or suit left less than their parts, it is shared in proportion.
    """
    parts = unpaid_parts(reward)
    due = _kept_for(reward) if due is None else due
    if parts and due < total(parts.values()):
        parts = dict(zip(parts, split_in_proportion(due, list(parts.values())), strict=True))
    return {person: part for person, part in parts.items() if part}


def open_amount(reward: Reward) -> Decimal:
    """What is still to be paid in this round, in yuan."""
    return total(open_parts(reward).values()).amount


def is_joint(reward: Reward) -> bool:
    """Whether several people reported together."""
    return len(parts_of(reward)) > 1


def joint_parts(reward: Reward) -> dict[int, Money]:
    """The open parts of a report under joint names; nothing for one person, who is asked without a number."""
    return open_parts(reward) if is_joint(reward) else {}


def _kept_for(reward: Reward) -> Money:
    found = balances(("reward", reward.pk))
    return total(Money(found.get((LEDGER, pot.value), ZERO.amount)) for pot in PROMISED)
