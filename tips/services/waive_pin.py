"""Let one claim through without a PIN, for a person who proved who they are to the officer outside the case."""

from dataclasses import dataclass
from datetime import datetime

from casework.errors import NotFound
from casework.models import Account
from casework.permissions import Role, require_role
from tips.models import PinWaiver, Reward
from tips.rewards.pin_errors import NoSuchClaim, WaivedAlready
from tips.sealing import identity
from tips.services.claim_reward import CLAIMED
from workflows.door.commands import matter_of
from workflows.duties import duty_conflict

WAIVES = (Role.IDENTITY_OFFICER,)
DUTY = "confirm_identity"
# As in the process: whoever touched the matter does not learn who reported.
EXCLUDES = ["handle", "verify", "register", "assess", "approve_reward", "approve_reward_again", "pay"]


@dataclass(frozen=True)
class Person:
    """Who stood before the officer."""

    name: str
    identity_number: str


def waive_pin(
    *, actor: Account, claim_number: str, person: Person, reasons: str, key: str, now: datetime
) -> PinWaiver:
    """Note who came and how it was proved; the next claim must be in that name, and uses it up.

    Unknown numbers, other bureaus' and rewards that nobody waits to claim get one answer.
    Raises: NotFound, NoSuchClaim, DutyConflict, WaivedAlready, Repeated. Source: our design (a lost PIN must not
    cost the reward).
    """
    units = require_role(actor, WAIVES, now=now)
    if not units:
        raise NotFound
    found = Reward.objects.filter(claim_number=claim_number, bureau_id__in=units, tip__is_real_name=False)
    reward = found.select_related("run", "tip").first()
    if reward is None:
        raise NoSuchClaim
    with matter_of(reward.leading_run, actor=actor, key=key, now=now) as act:
        if not reward.leading_run.subscriptions.filter(message=CLAIMED).exists():
            raise NoSuchClaim
        family = reward.leading_run.family_id
        if conflict := duty_conflict(actor, family_id=family, duty=DUTY, excludes=EXCLUDES):
            raise conflict
        if PinWaiver.objects.filter(reward=reward, used_at=None).exists():
            raise WaivedAlready
        waiver = PinWaiver.objects.create(
            reward=reward,
            sealed_person=identity.seal_person(reward, vars(person), now=now),
            reasons=reasons,
            waived_by=actor,
            waived_at=now,
        )
        act.record("claim_pin_waived", run=reward.run, reasons=reasons)
    return waiver
