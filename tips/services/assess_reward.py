"""Assess a reward: conditions, level, amount."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from casework.models import Account
from casework.rules.money import Money
from casework.rules.parameters import Mark
from tips.models import Reward
from tips.rewards.quotes import quote_for
from tips.rules.eligibility import Answer, as_data, refusal_in_words
from tips.rules.reward import Quote
from tips.selectors import reward_of_run
from workflows import sentences
from workflows.door.commands import command
from workflows.models import WorkItem

ELIGIBLE = "eligible"


def assess_reward(
    *,
    actor: Account,
    work_item: WorkItem,
    eligible: str,
    answers: Mapping[str, Answer],
    level: int | None,
    level_reasons: str,
    is_insider: bool,
    insider_proof: str = "",
    reasons: str,
    key: str,
    now: datetime,
) -> Reward:
    """Keep the checklist and, when eligible, the amount with its working; else the words of the law.

    The base was fixed when the recovered money was booked. Source: 医保办发〔2022〕22号 and the bureau's scheme.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        reward = reward_of_run(step.run)
        reward.conditions, reward.reasons = as_data(answers), reasons
        reward.is_eligible = eligible == ELIGIBLE
        if not reward.is_eligible:
            reward.reasons = refusal_in_words(answers, reasons)
        reward.level, reward.level_reasons, reward.is_insider = level, level_reasons, is_insider
        reward.assessed_by, reward.assessed_at = actor, now
        reward.amount, reward.working = None, {"insider_proof": insider_proof} if is_insider else {}
        if reward.is_eligible:
            found = quote_for(reward, level=level, insider=is_insider)
            reward.amount = found.amount.amount
            reward.working |= _working(found)
        reward.save()
        amount = None if reward.amount is None else Money(reward.amount).fen
        step.record("reward_assessed", run=step.run, eligible=eligible, amount_fen=amount)
        step.complete(eligible=eligible)
    return reward


def _working(found: Quote) -> dict[str, Any]:
    """The working for pages (any language) and for the Chinese document."""
    with translation.override("zh-hans"):
        lines_zh = [line.render(gettext) for line in (*found.working, *found.notes)]
    recalled = (
        [] if found.mark == Mark.VERIFIED else [f"奖励标准取值标记为{found.mark.value}，启用前请核定。"]
    )
    return {
        "lines": [sentences.to_json(line) for line in (*found.working, *found.notes)],
        "lines_zh": lines_zh,
        "source": found.source,
        "marks": recalled,
    }
