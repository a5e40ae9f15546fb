"""What the public pages tell: legal periods out of the law tables, rewards out of the schemes, conditions in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy

from casework.models import Bureau
from casework.rule_sentences import all_in_words, in_words
from casework.rules.money import Money
from casework.rules.parameters import Mark, NotInForce, period_parameter
from tips.rules.reward import Quote, quote
from tips.rules.scheme_data import Scheme
from tips.schemes.faces import MARK_WORDS
from tips.schemes.in_force import stored_schemes
from workflows.command_output import in_language
from workflows.rules.periods import unit_name
from workflows.rules.texts import Refused

# In the order in which a tipster meets them.
PERIODS = (
    "lead_verification",
    "lead_verification_extension",
    "tell_tipster_filing_decision",
    "decision",
    "decision_extension_1",
    "decision_extension_2",
    "reward_notify",
    "reward_claim",
    "reward_payment",
)
CONDITIONS = (
    gettext_lazy("A clear target and concrete leads, with evidence that helps"),
    gettext_lazy("The main facts or evidence were not known to the bureau before"),
    gettext_lazy("The facts were checked and found true, and the fund lost money by them"),
    gettext_lazy("You want the reward and can show that the report is yours"),
    gettext_lazy("Whatever else the law asks for is met"),
)
EXCLUSIONS = (
    gettext_lazy("Staff of the authority, or of somebody who works for it; whoever must report by law"),
    gettext_lazy("Offenders who report themselves, or others while they are investigated"),
    gettext_lazy("A report that was withdrawn before the decision"),
    gettext_lazy("A tipster whose identity cannot be confirmed, or who cannot be reached"),
    gettext_lazy("Other cases that the law names"),
)


@dataclass(frozen=True)
class PeriodLine:
    """One legal period as everybody may read it."""

    title: str
    event: str
    length: str
    article: str
    is_recalled: bool
    is_reward: bool


@dataclass(frozen=True)
class QuoteLine:
    """What one level of report would earn, or why nothing can be said."""

    level: int | None
    found: Quote | None
    lines: Sequence[str]
    notes: Sequence[str]
    refusal: str = ""

    @property
    def mark_word(self) -> str:
        """How well the values used are verified; empty where the instrument itself was read."""
        if self.found is None or self.found.mark == Mark.VERIFIED:
            return ""
        return str(MARK_WORDS[self.found.mark])


def periods_shown(today: date, region: str | None) -> list[PeriodLine]:
    """The periods of a report today, as the region has them."""
    return [line for key in PERIODS if (line := _period(key, today, region))]


def quotes_shown(
    scheme: Scheme, base: Money, *, target: str, insider: bool, received: date
) -> list[QuoteLine]:
    """The reward for each level that the scheme knows on a day, or one line where it knows none."""
    version = scheme.version_on(received)
    levels: Sequence[int | None] = version.levels if version and version.levels else (None,)
    return [_quote(scheme, base, level, target, insider, received) for level in levels]


def schemes_to_choose() -> list[Scheme]:
    """Every scheme that anybody may look at, the bureau's own included."""
    return list(stored_schemes().values())


def region_of(bureau: Bureau | None) -> str | None:
    """The key of a bureau's local parameters."""
    return bureau.parameters_region if bureau else None


def _quote(
    scheme: Scheme, base: Money, level: int | None, target: str, insider: bool, received: date
) -> QuoteLine:
    try:
        found = quote(scheme, base, target=target, level=level, insider=insider, received=received)
    except Refused as refused:
        return QuoteLine(level, None, (), (), in_words(refused.text))
    return QuoteLine(level, found, all_in_words(found.working), all_in_words(found.notes))


def _period(key: str, today: date, region: str | None) -> PeriodLine | None:
    try:
        found = period_parameter(key, on=today, region=region)
    except NotInForce:
        return None
    return PeriodLine(
        title=in_language(found.title, found.title_zh),
        event=in_language(found.event, found.event_zh),
        length=f"{found.value} {in_words(unit_name(found.period().unit, int(found.value)))}",
        article=found.source if found.mark != Mark.RECALLED else "",
        is_recalled=found.mark == Mark.RECALLED,
        is_reward=key.startswith("reward_"),
    )
