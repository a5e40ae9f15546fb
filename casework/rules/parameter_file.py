"""Reads the files of dated law and refuses what is incomplete or contradicts itself."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from casework.rules.money import Money
from workflows.rules.clock import Extension, Period, Unit
from workflows.rules.ladder import read_ladder

DATA = Path(__file__).parent / "data"
AMOUNT, RATE, FLAG, LADDER, COUNT = "yuan", "rate", "flag", "ladder", "count"
PARTIES = ("organisation", "person", "sole_trader")


class Mark(StrEnum):
    """How well a value is known: read in the act, second-hand, or from memory."""

    VERIFIED = "VERIFIED"
    SECOND_HAND = "VERIFIED-2"
    RECALLED = "RECALLED"


@dataclass(frozen=True)
class Act:
    """A statute or rule and the day from which its values are loaded."""

    code: str
    name: str
    in_force_from: date
    recalled: bool = False


@dataclass(frozen=True)
class Parameter:
    """One value of the law: where it stands, how well it is known, when, where and for whom it holds.

    `value` is a whole number for periods and counts, text for amounts and rates (exact decimals) and for ladders of
    warnings, a truth value for flags. `extends`: the period that this one lengthens; `after`: the extension
    that must come first; `up_to`: a shorter extension may be granted.
    """

    key: str
    value: int | str | bool
    unit: str
    title: str
    title_zh: str
    act: str
    source: str
    mark: Mark
    in_force_from: date
    in_force_to: date | None = None
    event: str = ""
    event_zh: str = ""
    note: str = ""
    region: str | None = None
    party: str | None = None
    rolls: bool = True
    backwards: bool = False
    extends: str | None = None
    after: str | None = None
    up_to: bool = False
    approver: str = ""

    @property
    def is_period(self) -> bool:
        """Tell whether the value is a length of time."""
        return self.unit in set(Unit)

    def is_in_force(self, on: date) -> bool:
        """Tell whether the value holds on a day; both ends are included."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)

    def period(self) -> Period:
        """Return the value as a period for the clock."""
        return Period(int(self.value), Unit(self.unit), rolls=self.rolls, backwards=self.backwards)

    def extension(self, granted: int | None = None) -> Extension:
        """Return the value as an extension, shorter when less was granted."""
        return Extension(int(self.value) if granted is None else granted, Unit(self.unit), self.key)

    def money(self) -> Money:
        """Return the value as an amount."""
        return Money.yuan(str(self.value))


@lru_cache(maxsize=1)
def load_acts() -> dict[str, Act]:
    """Return every act by its code."""
    rows = yaml.safe_load((DATA / "acts.yaml").read_text(encoding="utf-8"))
    return {code: Act(code, **row) for code, row in rows.items()}


@lru_cache(maxsize=1)
def load_parameters() -> tuple[Parameter, ...]:
    """Return every loaded value. Raises: ValueError naming the row that is wrong."""
    rows = tuple(
        _parameter(row)
        for path in sorted((DATA / "parameters").glob("*.yaml"))
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    )
    check_parameters(rows)
    return rows


def check_parameters(rows: tuple[Parameter, ...]) -> None:
    """Refuse two values of one key for the same day, place and party, and dangling references."""
    keys = {row.key for row in rows}
    for index, row in enumerate(rows):
        for name in (row.extends, row.after):
            if name is not None and name not in keys:
                raise ValueError(f"{row.key} refers to {name}, which does not exist")
        for other in rows[index + 1 :]:
            if _overlap(row, other):
                raise ValueError(
                    f"{row.key} has two values from {max(row.in_force_from, other.in_force_from)}"
                )


def _overlap(one: Parameter, other: Parameter) -> bool:
    same = (one.key, one.region, one.party) == (other.key, other.region, other.party)
    return (
        same
        and one.in_force_from <= (other.in_force_to or date.max)
        and other.in_force_from <= (one.in_force_to or date.max)
    )


def _parameter(row: dict[str, Any]) -> Parameter:
    unknown = set(row) - {field.name for field in fields(Parameter)}
    act = load_acts().get(row.get("act", ""))
    unit = row.get("unit")
    if unknown or act is None or row.get("party", "person") not in PARTIES:
        raise ValueError(f"{row.get('key')}: unknown field {unknown}, act or party")
    if unit not in {*Unit, AMOUNT, RATE, FLAG, LADDER, COUNT}:
        raise ValueError(f"{row.get('key')}: there is no unit {unit}")
    found = Parameter(**{"in_force_from": act.in_force_from, **row, "mark": Mark(row["mark"])})
    if found.is_period:
        found.period()
    elif unit == AMOUNT:
        found.money()
    elif unit == LADDER:
        read_ladder(str(found.value))
    return found
