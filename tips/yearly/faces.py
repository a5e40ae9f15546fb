"""The figures in words: the same sections for the page, the paper, the workbook and everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tips.yearly.kinds import ANSWER_TIME, DECISION_TIME, LOSSES, OF_THE_TIPS, REWARDS, Table


@dataclass(frozen=True)
class Line:
    """One figure; `is_withheld` where it is left out."""

    label: str
    value: str
    is_withheld: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class Section:
    """One table of the report in words."""

    key: str
    title: str
    lines: Sequence[Line]


def sections(figures: Mapping[str, Any]) -> list[Section]:
    """Every table, in order."""
    of_tips = [
        Section(name, str(table.title), _lines(table, figures["tables"][name]))
        for name, table in OF_THE_TIPS.items()
    ]
    return [*of_tips, *_times(figures), *_money(figures)]


def headline(figures: Mapping[str, Any]) -> list[Line]:
    """The few figures that come first."""
    outcome = figures["tables"]["outcome"]["cells"]
    decided = figures["decision"]
    return [
        _count(_("Tips"), figures["tables"]["channel"]["total"]),
        _count(_("Cases filed"), outcome["filed"]),
        _days(_("Days until the decision to file or not (median)"), decided),
        _share(_("Decided in time"), decided["cells"]),
        _yuan(_("Loss of the fund confirmed"), figures["losses"]["sum"]),
        _yuan(_("Rewards paid"), figures["rewards"]["sum"]),
    ]


def _lines(table: Table, data: Mapping[str, Any]) -> list[Line]:
    counts = [_count(str(word), data["cells"][kind]) for kind, word in table.words.items()]
    return [*counts, _count(_("Total"), data["total"], is_total=True)]


def _times(figures: Mapping[str, Any]) -> list[Section]:
    decision, answer = figures["decision"], figures["answer"]
    return [
        Section(
            "decision",
            str(DECISION_TIME.title),
            [
                *_lines(DECISION_TIME, decision),
                _share(_("Share in time"), decision["cells"]),
                _days(_("Days from receipt (median)"), decision),
            ],
        ),
        Section(
            "answer",
            str(ANSWER_TIME.title),
            [
                *_lines(ANSWER_TIME, answer),
                _share(_("Share in time"), answer["cells"]),
                _days(_("Days from the decision (median)"), answer),
            ],
        ),
    ]


def _money(figures: Mapping[str, Any]) -> list[Section]:
    losses, rewards = figures["losses"], figures["rewards"]
    return [
        Section(
            "losses",
            str(LOSSES.title),
            [*_lines(LOSSES, losses), _yuan(_("Loss of the fund confirmed"), losses["sum"])],
        ),
        Section(
            "rewards",
            str(REWARDS.title),
            [
                *_lines(REWARDS, rewards),
                _yuan(_("Sum paid"), rewards["sum"]),
                _count(_("Payments returned by the bank"), rewards["returned"]),
            ],
        ),
    ]


def _count(label: str, count: int | None, *, is_total: bool = False) -> Line:
    if count is None:
        return Line(label, _("withheld"), is_withheld=True, is_total=is_total)
    return Line(label, f"{count:,}", is_total=is_total)


def _days(label: str, times: Mapping[str, Any]) -> Line:
    if times["days"] is None:
        return _without(label, times["cells"])
    return Line(label, f"{times['days']}")


def _share(label: str, cells: Mapping[str, int | None]) -> Line:
    in_time, late = cells["in_time"], cells["late"]
    if in_time is None or late is None or in_time + late == 0:
        return _without(label, cells)
    return Line(label, f"{100 * in_time / (in_time + late):.1f}%")


def _without(label: str, cells: Mapping[str, int | None]) -> Line:
    """A figure that rests on nothing, or on numbers that are left out."""
    if cells["in_time"] == 0 and cells["late"] == 0:
        return Line(label, "—")
    return Line(label, _("withheld"), is_withheld=True)


def _yuan(label: str, amount: str | None) -> Line:
    if amount is None:
        return Line(label, _("withheld"), is_withheld=True)
    whole, places = amount.split(".")
    return Line(label, f"¥{int(whole):,}.{places}")
