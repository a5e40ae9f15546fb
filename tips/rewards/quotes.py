"""What a reward comes to: base from the case, scheme from the bureau, law of the day of the tip."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.models import Case
from casework.rule_sentences import all_in_words, in_words
from casework.rules.money import Money
from casework.rules.parameters import legal_flag
from tips.models import Reward, Tip
from tips.rewards.base import settled_by
from tips.rules.reward import Quote, quote
from tips.schemes.in_force import scheme_key_for, scheme_named
from workflows.rules.calendar import civil_date
from workflows.rules.texts import Refused


@dataclass(frozen=True)
class LevelQuote:
    """The quote for one level, or why there is none."""

    level: int | None
    found: Quote | None
    refusal: str = ""

    @property
    def lines(self) -> list[str]:
        """How it was computed, in the reader's language."""
        return all_in_words(self.found.working) if self.found else []


def rule_day(tip: Tip, case: Case) -> date:
    """The day whose scheme and version apply: that of the tip, or by parameter that of decision or judgment.

    Source: no text read says which; the day of the tip protects the tipster (RECALLED).
    """
    received = civil_date(tip.received_at)
    if legal_flag("reward_by_day_of_tip", on=received, region=tip.bureau.parameters_region):
        return received
    settled = settled_by(case)
    return settled.on if settled else received


def scheme_key_of(tip: Tip, case: Case) -> str:
    """The key of the scheme by which a tip is rewarded: that of the bureau that decides, on the day that counts."""
    return scheme_key_for(case.bureau, rule_day(tip, case))


def quote_for(reward: Reward, *, level: int | None, insider: bool, base: Decimal | None = None) -> Quote:
    """The reward under the bureau's scheme, for another base if one is given. Raises: Refused of the rules."""
    return quote(
        scheme_named(reward.scheme),
        Money(reward.base_amount if base is None else base),
        target=reward.tip.target_kind,
        level=level,
        insider=insider,
        received=rule_day(reward.tip, reward.case),
    )


def levels_of(reward: Reward) -> tuple[int, ...]:
    """Levels that the scheme distinguishes for this tip; empty when it does not."""
    version = scheme_named(reward.scheme).version_on(rule_day(reward.tip, reward.case))
    return version.levels if version else ()


def quotes_by_level(reward: Reward, *, insider: bool) -> list[LevelQuote]:
    """What each level would give, for the officer to see before choosing."""
    found = []
    for level in levels_of(reward) or (None,):
        try:
            found.append(LevelQuote(level, quote_for(reward, level=level, insider=insider)))
        except Refused as refusal:
            found.append(LevelQuote(level, None, in_words(refusal.text)))
    return found
