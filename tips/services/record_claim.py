"""Record a claim at the bureau for a real-name tipster who came, wrote or sent an agent."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from casework.errors import NotFound
from casework.models import Account
from casework.permissions import Role, require_role
from tips.errors import RewardNotOpen
from tips.models import BureauClaim, Reward
from tips.rewards.pin_errors import NoNamedClaim, NotTheTipster
from tips.sealing import identity
from tips.services.claim_reward import CLAIMED, Payees, enter_claim, is_awaited
from tips.words import Payee
from workflows import journal
from workflows.door.commands import matter_of
from workflows.duties import duty_conflict

RECORDS = (Role.IDENTITY_OFFICER,)
DUTY = "record_claim"
# Whoever records a claim neither confirms nor pays it, and whoever touched the matter does not learn who reported.
EXCLUDES = [
    "handle", "verify", "register", "assess", "approve_reward", "approve_reward_again",
    "confirm_identity", "order_payment", "release_payment", "pay",
]  # fmt: skip


@dataclass(frozen=True)
class Claimant:
    """Who claims, and through whom; everything but the way and the day is sealed."""

    way: str
    name: str
    identity_number: str
    reasons: str
    agent_name: str = ""
    agent_identity_number: str = ""
    authorised_on: date | None = None

    def sealed_part(self) -> dict[str, str]:
        """The people."""
        return {
            "name": self.name,
            "identity_number": self.identity_number,
            "agent_name": self.agent_name,
            "agent_identity_number": self.agent_identity_number,
        }


def claimable(actor: Account, claim_number: str, *, now: datetime) -> Reward:
    """The reward of a real-name tip under its claim number, as long as it waits to be claimed.

    Raises: NotFound, NoNamedClaim for unknown numbers, other bureaus' and anonymous ones, RewardNotOpen.
    """
    units = require_role(actor, RECORDS, now=now)
    if not units:
        raise NotFound
    found = Reward.objects.filter(claim_number=claim_number.strip(), bureau_id__in=units)
    reward = found.filter(tip__is_real_name=True).select_related("run", "tip", "bureau").first()
    if reward is None:
        raise NoNamedClaim
    if not is_awaited(reward, CLAIMED):
        raise RewardNotOpen
    return reward


def record_claim(
    reward: Reward, claimant: Claimant, payee: Payee | Payees, *, actor: Account, key: str, now: datetime
) -> BureauClaim:
    """Seal the claim like one that the tipster sent, with a note on who came and how it was proved.

    A name under which nobody reported is refused, and the journal keeps that somebody tried it.
    Raises: NotFound, NoNamedClaim, RewardNotOpen, DutyConflict, NotTheTipster, PayeesMissing, Repeated.
    Source: 医保办发〔2022〕22号 (the tipster, or an agent with a letter of authority).
    """
    reward = claimable(actor, reward.claim_number, now=now)
    family = reward.leading_run.family_id
    if conflict := duty_conflict(actor, family_id=family, duty=DUTY, excludes=EXCLUDES):
        raise conflict
    if not _reported(reward, claimant.name):
        journal.record("claim_recording_refused", now=now, actor=actor, run=reward.run)
        raise NotTheTipster
    with matter_of(reward.leading_run, actor=actor, key=key, now=now) as act:
        # Again under the lock: work that excludes this may have been done meanwhile.
        if conflict := duty_conflict(actor, family_id=family, duty=DUTY, excludes=EXCLUDES):
            raise conflict
        run = reward.leading_run
        act.hold_duty(actor.pk, DUTY, run=run, element_id=DUTY, excludes=EXCLUDES)
        claim = BureauClaim.objects.create(
            reward=reward,
            way=claimant.way,
            authorised_on=claimant.authorised_on,
            sealed_person=identity.seal_person(reward, claimant.sealed_part(), now=now),
            reasons=claimant.reasons,
            recorded_by=actor,
            recorded_at=now,
        )
        act.record("claim_recorded", run=run, way=claimant.way, reasons=claimant.reasons)
        act.flush()
        enter_claim(reward, payee, key=key, now=now, actor=actor)
    return claim


def _reported(reward: Reward, name: str) -> bool:
    known = identity.known_identity(reward.tip)
    return known is not None and _bare(name) in {_bare(one.name) for one in known.people}


def _bare(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
