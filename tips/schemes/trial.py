"""A draft tried on rewards that were assessed before: what each would have been, without touching anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum

from casework.models import Account, Bureau
from casework.rule_sentences import in_words
from casework.rules.money import Money
from tips.models import BudgetChange, Reward
from tips.rules.reward import quote_version
from tips.rules.scheme_data import Scheme, SchemeVersion
from tips.selectors import visible_rewards
from workflows.rules.calendar import ONE_DAY, civil_date, start_of_day
from workflows.rules.texts import Refused

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class TrialRow:
    """One reward: what it was, and what it would be. A level that nobody has chosen leaves a range.

    `number` is empty for whoever may not see the reward.
    """

    number: str
    received: date
    base: Decimal
    level: int | None
    is_insider: bool
    old: Decimal
    least: Decimal | None
    most: Decimal | None
    refusal: str = ""

    @property
    def difference(self) -> Decimal | None:
        """What it would be more or less; nothing where a level is missing."""
        if self.most is None or self.least != self.most:
            return None
        return self.most - self.old


@dataclass(frozen=True)
class Trial:
    """All rewards of a period under a draft."""

    rows: tuple[TrialRow, ...]
    budget: Decimal | None = None

    @property
    def old(self) -> Decimal:
        """What they were together, as far as the draft can be applied to them."""
        return sum((row.old for row in self._computed), NOTHING)

    @property
    def least(self) -> Decimal:
        """What they would be together with the weakest levels where none was chosen."""
        return sum((row.least for row in self._computed if row.least is not None), NOTHING)

    @property
    def most(self) -> Decimal:
        """What they would be together with the best levels where none was chosen."""
        return sum((row.most for row in self._computed if row.most is not None), NOTHING)

    @property
    def left_out(self) -> int:
        """How many the draft cannot be applied to."""
        return len(self.rows) - len(self._computed)

    @property
    def left_of_budget(self) -> Decimal | None:
        """What the budget would leave, at the most expensive; below 0 where it is not enough."""
        return None if self.budget is None else self.budget - self.most

    @property
    def _computed(self) -> list[TrialRow]:
        return [row for row in self.rows if row.most is not None]


def granted(bureau: Bureau, year: int) -> Decimal | None:
    """The money that a bureau was granted for rewards in a year; nothing where none was."""
    approved = BudgetChange.objects.filter(budget__bureau=bureau, budget__year=year, is_approved=True)
    total: Decimal | None = approved.aggregate(total=Sum("amount"))["total"]
    return total


def try_out(
    scheme: Scheme,
    version: SchemeVersion,
    *,
    bureau: Bureau,
    first_day: date,
    last_day: date,
    viewer: Account,
    now: datetime,
    budget: Decimal | None = None,
) -> Trial:
    """Compute every reward of a bureau that was assessed from one day to another again, under a version.

    Only looks: rewards keep what they were assessed at.
    """
    found = Reward.objects.filter(
        bureau=bureau,
        amount__isnull=False,
        assessed_at__gte=start_of_day(first_day),
        assessed_at__lt=start_of_day(last_day + ONE_DAY),
    ).select_related("tip")
    seen = set(visible_rewards(viewer, now).filter(pk__in=found).values_list("pk", flat=True))
    rows = [
        _row(reward, scheme, version, reward.pk in seen) for reward in found.order_by("assessed_at", "id")
    ]
    return Trial(tuple(rows), budget)


def _row(reward: Reward, scheme: Scheme, version: SchemeVersion, is_seen: bool) -> TrialRow:
    amounts, refusal = _amounts(reward, scheme, version)
    return TrialRow(
        number=reward.claim_number if is_seen else "",
        received=civil_date(reward.tip.received_at),
        base=reward.base_amount,
        level=reward.level,
        is_insider=reward.is_insider,
        old=reward.assessed_amount,
        least=min(amounts, default=None),
        most=max(amounts, default=None),
        refusal=refusal,
    )


def _amounts(reward: Reward, scheme: Scheme, version: SchemeVersion) -> tuple[list[Decimal], str]:
    """The amounts for the reward's level, or for every level of the version where it has none of them."""
    amounts = []
    for level in _levels(reward, version):
        try:
            found = quote_version(
                scheme,
                version,
                Money(reward.base_amount),
                target=reward.tip.target_kind,
                level=level,
                insider=reward.is_insider,
            )
        except Refused as refused:
            return [], in_words(refused.text)
        amounts.append(found.amount.amount)
    return amounts, ""


def _levels(reward: Reward, version: SchemeVersion) -> Iterable[int | None]:
    if not version.levels or reward.level in version.levels:
        return (reward.level,)
    return version.levels
