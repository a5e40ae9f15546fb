"""Claim a reward, or give it up: the tipster's own acts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from casework.models import Account
from tips.errors import RewardNotOpen
from tips.models import ClaimPin, PinWaiver, Reward, Tip
from tips.rewards.parts import open_parts
from tips.rewards.pin_errors import OtherPerson, PayeesMissing
from tips.sealing import identity
from tips.services.check_pin import check_pin
from tips.services.reserve_reward import release
from tips.words import Payee
from workflows.door.commands import deliver_inside, matter_of
from workflows.rules.calendar import civil_date

Payees = Mapping[int, Payee]
CLAIMED, GIVEN_UP = "reward_claimed", "reward_given_up"
BEFORE_NOTICE = "claimed_before_notice"
NO_DATA: Mapping[str, str] = {}


def claim_reward(reward: Reward, payee: Payee | Payees, *, pin: str = "", key: str, now: datetime) -> Reward:
    """Seal the payees under the identity key and carry the run on; an anonymous claim needs the PIN.

    Under joint names there is a payee for each person who was not paid yet, by number.
    Raises: RewardNotOpen, PayeesMissing, PinNeeded, WrongPin, OtherPerson, LookUpDown, Repeated.
    Source: 医保办发〔2022〕22号 (two months from the notice, with proof of identity).
    """
    if not is_awaited(reward, CLAIMED):
        raise RewardNotOpen
    named = list(payee.values()) if isinstance(payee, Mapping) else [payee]
    waiver = _admitted(reward, named, pin)
    with matter_of(reward.leading_run, actor=None, key=f"claim:{key}", now=now, agent="tipster"):
        if waiver and not PinWaiver.objects.filter(pk=waiver.pk, used_at=None).update(used_at=now):
            raise RewardNotOpen
        return enter_claim(reward, payee, key=key, now=now)


def enter_claim(
    reward: Reward, payee: Payee | Payees, *, key: str, now: datetime, actor: Account | None = None
) -> Reward:
    """Seal the payees and carry the run on, within an open transaction: for the tipster, or recorded by an official.

    Raises: RewardNotOpen, PayeesMissing.
    """
    reward = _awaiting(reward, CLAIMED)
    people = list(open_parts(reward))
    payees = payee if isinstance(payee, Mapping) else {people[0]: payee}
    if set(payees) != set(people):
        raise PayeesMissing
    reward.sealed_payee = identity.seal_payees(reward, payees, now=now)
    reward.claimed_at = now
    reward.save(update_fields=["sealed_payee", "claimed_at"])
    _deliver(reward, CLAIMED, key, now, _known_by_now(reward, now), actor)
    return reward


def give_up_reward(reward: Reward, *, pin: str = "", key: str, now: datetime) -> Reward:
    """End the reward because the tipster does not want it; where a PIN stands, it guards this too.

    Raises: RewardNotOpen, WrongPin, LookUpDown, Repeated.
    """
    if not is_awaited(reward, GIVEN_UP):
        raise RewardNotOpen
    if ClaimPin.objects.filter(tip=reward.tip_id).exists():
        check_pin(reward.tip, pin)
    with matter_of(reward.leading_run, actor=None, key=f"give_up:{key}", now=now, agent="tipster"):
        reward = _awaiting(reward, GIVEN_UP)
        reward.given_up_at = now
        reward.save(update_fields=["given_up_at"])
        release(reward, actor=None, now=now)
        _deliver(reward, GIVEN_UP, key, now)
    return reward


def decline_reward(tip: Tip, *, key: str, now: datetime) -> Tip:
    """Say beforehand that no reward is wanted: none will be opened. Raises: Repeated."""
    with matter_of(tip.leading_run, actor=None, key=f"decline:{key}", now=now, agent="tipster") as act:
        Tip.objects.filter(pk=tip.pk).update(wants_reward=False)
        act.record("reward_declined", run=tip.run)
    tip.refresh_from_db(fields=["wants_reward"])
    return tip


def open_waiver(reward: Reward) -> PinWaiver | None:
    """What lets the next claim through without a PIN, if a person proved who they are."""
    return PinWaiver.objects.filter(reward=reward, used_at=None).select_related("reward").first()


def _admitted(reward: Reward, payees: Sequence[Payee], pin: str) -> PinWaiver | None:
    """Let a real name pass, or a right PIN, or the person of an open waiver, which is then used up."""
    if reward.tip.is_real_name:
        return None
    if not pin and (waiver := open_waiver(reward)):
        person = identity.known_person(waiver)
        came = (person["name"], person["identity_number"])
        if any((payee.name, payee.identity_number) != came for payee in payees):
            raise OtherPerson
        return waiver
    check_pin(reward.tip, pin)
    return None


def _awaiting(reward: Reward, message: str) -> Reward:
    """The locked reward, if its run waits for the tipster."""
    reward = Reward.objects.select_for_update(of=("self",)).select_related("tip", "run").get(pk=reward.pk)
    if not is_awaited(reward, message):
        raise RewardNotOpen
    return reward


def is_awaited(reward: Reward, message: str) -> bool:
    """Whether the run waits for this word of the tipster."""
    return reward.leading_run.subscriptions.filter(message=message).exists()


def _known_by_now(reward: Reward, now: datetime) -> dict[str, str]:
    """Who claims before the notice was delivered knows of it: a second claim has its period from this day."""
    if not reward.leading_run.subscriptions.filter(message=CLAIMED, element_id=BEFORE_NOTICE).exists():
        return {}
    return {"notified_on": civil_date(now).isoformat()}


def _deliver(
    reward: Reward,
    message: str,
    key: str,
    now: datetime,
    data: Mapping[str, str] = NO_DATA,
    actor: Account | None = None,
) -> None:
    agent = "" if actor else "tipster"
    deliver_inside(reward.run_id, message, data, key=f"{message}:{key}", now=now, agent=agent, actor=actor)
