"""What a reward comes to: base from the case, scheme from the bureau, law of the day of the tip."""

from dataclasses import dataclass
from decimal import Decimal

from casework.document_facts import standing_findings
from casework.models import Case
from casework.rule_sentences import all_in_words, in_words
from casework.rules.money import Money
from enforcement.models import Payment, PenaltyDecision
from enforcement.selectors import paid_amount
from tips.models import Reward
from tips.rules.reward import Quote, quote, scheme_named
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


def reward_base(case: Case) -> Decimal:
    """案值: loss of the findings that the tip reported, as far as the money came back; fines are no part.

    Source: 医保办发〔2022〕22号 (VERIFIED-2).
    """
    reported = sum((f.loss_amount for f in standing_findings(case) if f.from_tip), Decimal("0.00"))
    decision = PenaltyDecision.objects.filter(case=case).first()
    recovered = paid_amount(decision, Payment.Kind.RECOVERY) if decision else Decimal("0.00")
    return min(reported, recovered)


def quote_for(reward: Reward, *, level: int | None, insider: bool) -> Quote:
    """The reward under the bureau's scheme. Raises: Refused of the rules."""
    return quote(
        reward.scheme,
        Money(reward.base_amount),
        target=reward.tip.target_kind,
        level=level,
        insider=insider,
        received=civil_date(reward.tip.received_at),
    )


def levels_of(reward: Reward) -> tuple[int, ...]:
    """Levels that the scheme distinguishes for this tip; empty when it does not."""
    received = civil_date(reward.tip.received_at)
    versions = scheme_named(reward.scheme).versions
    return next((version.levels for version in versions if version.is_in_force(received)), ())


def quotes_by_level(reward: Reward, *, insider: bool) -> list[LevelQuote]:
    """What each level would give, for the officer to see before choosing."""
    found = []
    for level in levels_of(reward) or (None,):
        try:
            found.append(LevelQuote(level, quote_for(reward, level=level, insider=insider)))
        except Refused as refusal:
            found.append(LevelQuote(level, None, in_words(refusal.text)))
    return found
