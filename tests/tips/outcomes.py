"""Outcomes of reviews and suits in tests, entered by one and confirmed by another."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import translation

from casework.models import Account
from tests.factories.tips import RECEIVED
from tests.tips.rewarding import DECIDED, a_paid_case, opened
from tips.coming_back import messages
from tips.models import CaseOutcome, CaseOutcomeDecision, Reward, RewardBudget, RewardRecalculation
from tips.rules.budget import Pot
from tips.sealing import contents
from tips.selectors import thread
from tips.services.book_budget import balances_of
from tips.services.decide_outcome import decide_outcome
from tips.services.enter_outcome import Paper, enter_outcome

CENTRE = (Pot.RESERVED, Pot.PAYABLE, Pot.ORDERED, Pot.RETURNED, Pot.PAID, Pot.AVAILABLE)
LATER = DECIDED + timedelta(days=1)
FIRST, MORE = "350000.00", "100000.00"


def a_reward(people: Mapping[str, Account]) -> Reward:
    """A reward from 350,000 of 450,000 yuan that came back: 5,750 by the scheme of the tests, 7,250 for all of it."""
    reward = opened(a_paid_case(people, losses={FIRST: True, MORE: False}).tip)
    assert reward is not None
    return reward


def a_paper(base: str | None, **changes: Any) -> Paper:
    """What a reviewing authority decided; no base where the decision was revoked."""
    facts: dict[str, Any] = {
        "kind": "review",
        "deciding_body": "云河市人民政府",
        "document_number": "云政复决〔2025〕12号",
        "decided_on": LATER.date(),
        "is_revoked": base is None,
        "base_amount": Decimal(base or 0),
        "reasons": "复议机关认定部分事实不清。",
    }
    return Paper(**{**facts, **changes})


def entered(people: Mapping[str, Account], reward: Reward, base: str | None, **changes: Any) -> CaseOutcome:
    """Entered by the reward officer."""
    paper = a_paper(base, **changes)
    return enter_outcome(reward, paper, actor=people["reward_officer"], key=str(uuid4()), now=LATER)


def decided(
    people: Mapping[str, Account], reward: Reward, outcome: CaseOutcome, who: str = "chief", **changes: Any
) -> CaseOutcomeDecision:
    """Confirmed by the chief unless the test says otherwise."""
    said = {"is_confirmed": True, "key": str(uuid4()), "now": LATER, **changes}
    found = decide_outcome(reward, outcome, actor=people[who], **said)
    reward.refresh_from_db()
    return found


def confirmed(people: Mapping[str, Account], reward: Reward, base: str | None) -> CaseOutcome:
    """Entered and confirmed."""
    outcome = entered(people, reward, base)
    decided(people, reward, outcome)
    return outcome


def held() -> dict[str, str]:
    """What lies where, without what is zero."""
    found = balances_of(RewardBudget.objects.get(year=RECEIVED.year))
    assert sum(money.amount for money in found.values()) == 0
    return {pot.value: str(found[pot].amount) for pot in CENTRE if found.get(pot)}


def told(reward: Reward) -> list[str]:
    """What the tipster reads, in English."""
    key = contents.content_key(reward.tip)
    with translation.override("en"):
        return [messages.read(one, key).text for one in thread(reward.tip)]


def figures(reward: Reward) -> RewardRecalculation:
    """The last recalculation."""
    found = reward.recalculations.last()
    assert found is not None
    return found
