"""What of the register is counted in a year. Each tip counts once in a bureau, in the year in which it was entered.

Only open columns are read. A purge leaves them as they are, so a destroyed tip counts like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from casework.models import Bureau
from enforcement.models import PenaltyDecision
from tips.models import RegisterEntry, Reward, Tip
from tips.yearly.kinds import NONE, SEVERAL
from workflows.models import Clock, Run
from workflows.rules.calendar import civil_date, start_of_day

RULES = RegisterEntry.Jurisdiction


@dataclass(frozen=True)
class Counted:
    """One tip with the bureau's first and last row of it."""

    tip: Tip
    first: RegisterEntry
    last: RegisterEntry

    @property
    def received_on(self) -> date:
        """The day from which the bureau's time counts."""
        is_first = self.first.came_as == RegisterEntry.CameAs.FIRST
        return civil_date(self.tip.received_at if is_first else self.first.received_at)


def bounds(year: int) -> tuple[datetime, datetime]:
    """The first moment of a civil year and that of the next."""
    return start_of_day(date(year, 1, 1)), start_of_day(date(year + 1, 1, 1))


def counted_tips(bureau: Bureau, year: int) -> list[Counted]:
    """The tips that the bureau entered in a year; one that came back later still counts where it came first."""
    begin, end = bounds(year)
    of_year = RegisterEntry.objects.filter(bureau=bureau, received_at__gte=begin, received_at__lt=end)
    rows = RegisterEntry.objects.filter(bureau=bureau, tip__in=of_year.values("tip"))
    by_tip: dict[int, list[RegisterEntry]] = {}
    for row in rows.select_related("tip__institution", "tip__run").order_by("received_at", "id"):
        by_tip.setdefault(row.tip_id, []).append(row)
    return [
        Counted(rows[0].tip, rows[0], rows[-1]) for rows in by_tip.values() if rows[0].received_at >= begin
    ]


def target_of(tip: Tip) -> str:
    """The kind of target."""
    if tip.target_kind == Tip.Target.PERSON:
        return "person"
    return tip.institution.kind if tip.institution else "institution"


def matter_of(tip: Tip) -> str:
    """The conduct as the officer coded it, each tip under one."""
    if len(tip.matters) > 1:
        return SEVERAL
    return tip.matters[0] if tip.matters else NONE


def outcome_of(one: Counted) -> str:
    """Where the tip stands in this bureau."""
    tip, row = one.tip, one.last
    if row.left_at is not None:
        return "referred"
    if tip.is_accepted is False:
        return "not_accepted"
    if tip.is_filed is not None:
        return ("joined" if tip.joined_at else "filed") if tip.is_filed else "not_filed"
    if tip.withdrawn_at:
        return "withdrawn"
    return "disputed" if row.jurisdiction == RULES.DISPUTED else "open"


def late_runs(runs: Sequence[Run], rule_key: str) -> set[object]:
    """Runs of these that ended a legal period after its last moment."""
    clocks = Clock.objects.filter(run__in=runs, rule_key=rule_key, ended_at__isnull=False)
    return {clock.run_id for clock in clocks if clock.ended_at is not None and clock.ended_at > clock.due_at}


def confirmed_losses(filed: Sequence[Counted]) -> list[Decimal]:
    """What the decisions of the filed tips' cases say is to be returned, case by case; nothing where it is nothing."""
    cases = [one.tip.case_id for one in filed]
    found = PenaltyDecision.objects.filter(case__in=cases, recovery_amount__gt=0)
    return list(found.values_list("recovery_amount", flat=True))


def ended_rewards(bureau: Bureau, year: int) -> list[tuple[str, Decimal]]:
    """How the rewards ended whose process ended in the year, with what was paid."""
    begin, end = bounds(year)
    found = Reward.objects.prefetch_related("payouts__came_back").filter(
        bureau=bureau, run__ended_at__gte=begin, run__ended_at__lt=end
    )
    return [_ended(reward) for reward in found]


def _ended(reward: Reward) -> tuple[str, Decimal]:
    kept = [one for one in reward.payouts.all() if not hasattr(one, "came_back")]
    paid = [one.amount for one in kept if one.round == reward.round]
    if paid:
        return "paid", sum(paid, Decimal(0))
    if reward.lapsed_at:
        return "lapsed", Decimal(0)
    return ("given_up" if reward.given_up_at else "not_granted"), Decimal(0)
