"""The figures of a year as they may be read: small numbers left out, and whatever would give them away.

What rests on a part of a table (days, sums) is shown only where that part is shown: a hidden number then follows
from no other figure of the report.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from casework.models import Bureau
from casework.rules.parameters import legal_count
from tips.models import PaymentLine
from tips.rules.suppression import HIDDEN, Shown, lone_count, median, suppressed
from tips.yearly import counting
from tips.yearly.counting import Counted
from tips.yearly.kinds import ANSWER_TIME, DECIDED, DECISION_TIME, LOSSES, OF_THE_TIPS, REWARDS, Table
from workflows.rules.calendar import civil_date

THRESHOLD = "tip_report_least_number"
Figures = dict[str, Any]
KIND_OF: dict[str, Callable[[Counted], str]] = {
    "channel": lambda one: one.tip.channel,
    "name": lambda one: "real_name" if one.tip.is_real_name else "anonymous",
    "target": lambda one: counting.target_of(one.tip),
    "matter": lambda one: counting.matter_of(one.tip),
    "outcome": counting.outcome_of,
    "supervisor": lambda one: "supervisor" if one.tip.is_from_supervisor else "others",
}


def yearly_figures(bureau: Bureau, year: int, as_of: datetime) -> Figures:
    """The figures of the tips that a bureau entered in a year, as plain data. Source: TH 18, 19.

    A table: `cells` (kind → number, or None where it is left out) and `total`.
    """
    least = legal_count(THRESHOLD, on=civil_date(as_of), region=bureau.parameters_region)
    tips = counting.counted_tips(bureau, year)
    tables = {name: _shown(table, _kinds(name, tips), least) for name, table in OF_THE_TIPS.items()}
    rewards = counting.ended_rewards(bureau, year)
    of_rewards = _shown(REWARDS, [kind for kind, _amount in rewards], least)
    return {
        "least": least,
        "tables": {name: _data(shown) for name, shown in tables.items()},
        "decision": _decision_times(tips, tables["outcome"], least),
        "answer": _answer_times(tips, tables["name"], least),
        "losses": _losses(tips, tables["outcome"], least),
        "rewards": {
            **_data(of_rewards),
            "sum": _sum((amount for _kind, amount in rewards), of_rewards.cells["paid"]),
            "returned": lone_count(_returned(bureau, year), threshold=least),
        },
    }


def _kinds(name: str, tips: Sequence[Counted]) -> list[str]:
    return [KIND_OF[name](one) for one in tips]


def _shown(table: Table, kinds: Iterable[str], least: int) -> Shown:
    counted = Counter(kinds)
    return suppressed({kind: counted[kind] for kind in table.kinds}, threshold=least, groups=table.groups)


def _data(shown: Shown) -> Figures:
    return {"cells": shown.cells, "total": shown.total}


def _nothing(table: Table) -> Figures:
    return {"cells": dict.fromkeys(table.kinds), "total": HIDDEN}


def _is_shown(shown: Shown, kinds: Iterable[str]) -> bool:
    return all(shown.cells[kind] is not HIDDEN for kind in kinds)


def _decision_times(tips: Sequence[Counted], outcomes: Shown, least: int) -> Figures:
    """How long the decision took; the number of decisions follows from the table of outcomes."""
    if not _is_shown(outcomes, DECIDED):
        return {**_nothing(DECISION_TIME), "days": HIDDEN}
    decided = [one for one in tips if counting.outcome_of(one) in DECIDED]
    late = counting.late_runs([one.tip.leading_run for one in decided], "lead_verification")
    times = _shown(DECISION_TIME, [_punctual(one, late) for one in decided], least)
    days = [(civil_date(one.tip.decided_at) - one.received_on).days for one in decided if one.tip.decided_at]
    return {**_data(times), "days": median(days)}


def _answer_times(tips: Sequence[Counted], names: Shown, least: int) -> Figures:
    """How long the answer to real-name tipsters took after the decision; their number stands in the other table."""
    if not _is_shown(names, ["real_name"]):
        return {**_nothing(ANSWER_TIME), "days": HIDDEN}
    named = [one for one in tips if one.tip.is_real_name]
    answered = [one for one in named if one.tip.decided_at and one.tip.answered_at]
    late = counting.late_runs([one.tip.leading_run for one in answered], "tell_tipster_filing_decision")
    kinds = [_punctual(one, late) for one in answered] + ["unanswered"] * (len(named) - len(answered))
    times = _shown(ANSWER_TIME, kinds, least)
    days = [
        (civil_date(one.tip.answered_at) - civil_date(one.tip.decided_at)).days
        for one in answered
        if one.tip.answered_at and one.tip.decided_at
    ]
    return {**_data(times), "days": median(days) if _is_shown(times, ["in_time", "late"]) else HIDDEN}


def _punctual(one: Counted, late: set[object]) -> str:
    return "late" if one.tip.run_id in late else "in_time"


def _losses(tips: Sequence[Counted], outcomes: Shown, least: int) -> Figures:
    if not _is_shown(outcomes, ["filed"]):
        return {**_nothing(LOSSES), "sum": HIDDEN}
    filed = [one for one in tips if counting.outcome_of(one) == "filed"]
    losses = counting.confirmed_losses(filed)
    kinds = ["confirmed"] * len(losses) + ["unconfirmed"] * (len(filed) - len(losses))
    shown = _shown(LOSSES, kinds, least)
    return {**_data(shown), "sum": _sum(losses, shown.cells["confirmed"])}


def _sum(amounts: Iterable[Decimal], count: int | None) -> str | None:
    """A sum in yuan, where the number of amounts behind it is shown."""
    return HIDDEN if count is HIDDEN else f"{sum(amounts, Decimal('0.00')):.2f}"


def _returned(bureau: Bureau, year: int) -> int:
    begin, end = counting.bounds(year)
    lines = PaymentLine.objects.filter(batch__bureau=bureau, state=PaymentLine.State.RETURNED)
    return lines.filter(changed_at__gte=begin, changed_at__lt=end).count()
