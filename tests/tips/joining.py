"""Rewards of people who reported together, up to the notice or the claim."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import uuid4

from casework.models import Account
from tests.factories.tips import a_real_name_filing
from tests.tips.outcomes import FIRST, MORE
from tests.tips.rewarding import DECIDED, PAYEE, a_paid_case, opened, to_notice
from tips.models import Reward
from tips.services.claim_reward import claim_reward
from tips.words import Identity, JointTipster, Payee


def payee(number: int, account: str = "") -> Payee:
    """Whom the person of that number names."""
    own = account or f"80220006111122223{number:02d}"
    return Payee(**{**PAYEE, "name": f"收款{number}", "account": own})


def joint(people: Mapping[str, Account], shares: tuple[str, ...] = ("50", "30", "20")) -> tuple[Reward, str]:
    """A notified reward of 5,750 yuan for three people, with the receipt code."""
    agreed = [Decimal(share) for share in shares] if shares else [None] * 3
    others = tuple(JointTipster(f"同名{n}", share=agreed[n]) for n in (1, 2))
    identity = Identity("周举报", "13900001234", "zhou@example.org", agreed[0], others)
    losses = {FIRST: True, MORE: False}
    filed = a_paid_case(people, a_real_name_filing(identity=identity), losses)
    reward = opened(filed.tip)
    assert reward is not None
    to_notice(people, reward)
    return Reward.objects.select_related("tip", "run").get(pk=reward.pk), filed.code


def claimed(people: Mapping[str, Account]) -> Reward:
    """Claimed with an account for each of the three."""
    reward, _code = joint(people)
    claim_reward(reward, payees(), key=str(uuid4()), now=DECIDED)
    return reward


def payees() -> dict[int, Payee]:
    """An account for each of the three."""
    return {number: payee(number) for number in (1, 2, 3)}
