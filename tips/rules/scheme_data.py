"""A reward scheme as values: dated versions with their rate tables, read from data and written back as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from itertools import pairwise
from typing import Any

from casework.rules.money import FEN, ZERO, Money
from casework.rules.parameters import Mark

MARGINAL, WHOLE = "marginal", "whole"
TARGETS = ("organisation", "person")
ROUNDINGS = {"half_up": ROUND_HALF_UP, "down": ROUND_DOWN, "up": ROUND_UP}
ROUNDING_UNITS = tuple(map(Decimal, ("0.01", "0.1", "1", "10", "100")))


@dataclass(frozen=True)
class Band:
    """A stretch of the base up to a bound (None: without end) with its rate and fixed addition."""

    rate: Decimal
    up_to: Money | None = None
    plus: Money = ZERO
    mark: Mark = Mark.VERIFIED


@dataclass(frozen=True)
class RateTable:
    """Bands for one target, level and insider status; None where the scheme does not distinguish."""

    bands: tuple[Band, ...]
    target: str | None = None
    level: int | None = None
    insider: bool | None = None
    floor: Money = ZERO

    def matches(self, target: str | None, level: int | None, insider: bool) -> bool:
        """Tell whether the table speaks of such a tip."""
        return (
            self.target in (None, target) and self.level in (None, level) and self.insider in (None, insider)
        )


@dataclass(frozen=True)
class SchemeVersion:
    """One version of a scheme, for tips received from `in_force_from` to `in_force_to`, both included.

    `no_loss`: lowest and highest flat sum for a true tip without fund loss, None where it earns nothing.
    `insider_after_floor`: the insider's factor multiplies what the floor of the level has lifted already.
    """

    in_force_from: date
    in_force_to: date | None
    source: str
    mark: Mark
    kind: str
    floor: Money
    cap: Money
    tables: tuple[RateTable, ...]
    insider_factor: Decimal = Decimal(1)
    insider_points: Decimal = Decimal(0)
    no_loss: tuple[Money, Money] | None = None
    up_to_included: bool = True
    date_recalled: bool = False
    article: str = ""
    insider_after_floor: bool = True
    rounding: str = "half_up"
    rounding_unit: Decimal = FEN

    @property
    def levels(self) -> tuple[int, ...]:
        """Levels of a tip that this version distinguishes; empty when it does not."""
        return tuple(sorted({table.level for table in self.tables if table.level is not None}))

    @property
    def needs_target(self) -> bool:
        """Tell whether rates differ between organisations and persons."""
        return any(table.target is not None for table in self.tables)

    @property
    def knows_insiders(self) -> bool:
        """Tell whether insiders get more."""
        by_table = any(table.insider is not None for table in self.tables)
        return by_table or self.insider_factor != 1 or bool(self.insider_points)

    def is_in_force(self, on: date) -> bool:
        """Tell whether the version holds for a tip received on a day."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


@dataclass(frozen=True)
class Scheme:
    """A place's reward rule with its versions, oldest first."""

    key: str
    title: str
    title_zh: str
    versions: tuple[SchemeVersion, ...]

    def version_on(self, day: date) -> SchemeVersion | None:
        """Return the version in force on a day."""
        return next((version for version in self.versions if version.is_in_force(day)), None)


def one_after_another(versions: Sequence[SchemeVersion]) -> tuple[SchemeVersion, ...]:
    """Return the versions by their first day, each ended by the day before the next one begins."""
    ordered = sorted(versions, key=lambda version: version.in_force_from)
    ended = []
    for version, following in pairwise([*ordered, None]):
        assert version is not None, "only the last of the pairs is empty"
        last = None if following is None else following.in_force_from - timedelta(days=1)
        ends = [day for day in (version.in_force_to, last) if day is not None]
        ended.append(replace(version, in_force_to=min(ends, default=None)))
    return tuple(ended)


def version_from(row: Mapping[str, Any]) -> SchemeVersion:
    """Read a version that `scheme_check.problems` finds nothing wrong with."""
    mark = Mark(row["mark"])
    no_loss = row.get("no_loss")
    return SchemeVersion(
        in_force_from=_day(row["in_force_from"]),
        in_force_to=_day(row["in_force_to"]) if row.get("in_force_to") else None,
        source=row["source"],
        mark=mark,
        kind=row["kind"],
        floor=Money.yuan(row["floor"]),
        cap=Money.yuan(row["cap"]),
        tables=tuple(_table(table, mark) for table in row["tables"]),
        insider_factor=Decimal(row.get("insider_factor", "1")),
        insider_points=Decimal(row.get("insider_points", "0")),
        no_loss=(Money.yuan(no_loss[0]), Money.yuan(no_loss[1])) if no_loss else None,
        up_to_included=row.get("up_to_included", True),
        date_recalled=row.get("date_recalled", False),
        article=row.get("article", ""),
        insider_after_floor=row.get("insider_after_floor", True),
        rounding=row.get("rounding", "half_up"),
        rounding_unit=Decimal(row.get("rounding_unit", "0.01")),
    )


def as_data(version: SchemeVersion) -> dict[str, Any]:
    """Write a version as plain JSON that `version_from` reads back to an equal one."""
    data: dict[str, Any] = {
        "in_force_from": version.in_force_from.isoformat(),
        "in_force_to": version.in_force_to.isoformat() if version.in_force_to else None,
        "source": version.source,
        "article": version.article,
        "mark": str(version.mark),
        "kind": version.kind,
        "floor": str(version.floor),
        "cap": str(version.cap),
        "up_to_included": version.up_to_included,
        "date_recalled": version.date_recalled,
        "insider_factor": str(version.insider_factor),
        "insider_points": str(version.insider_points),
        "insider_after_floor": version.insider_after_floor,
        "rounding": version.rounding,
        "rounding_unit": str(version.rounding_unit),
        "tables": [_table_data(table) for table in version.tables],
    }
    if version.no_loss:
        data["no_loss"] = [str(amount) for amount in version.no_loss]
    return data


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _table(row: Mapping[str, Any], mark: Mark) -> RateTable:
    bands = tuple(
        Band(
            rate=Decimal(band["rate"]),
            up_to=Money.yuan(band["up_to"]) if band.get("up_to") is not None else None,
            plus=Money.yuan(band.get("plus", "0.00")),
            mark=Mark(band.get("mark", mark)),
        )
        for band in row["bands"]
    )
    return RateTable(bands, floor=Money.yuan(row.get("floor", "0.00")), **row.get("when", {}))


def _table_data(table: RateTable) -> dict[str, Any]:
    conditions = {"target": table.target, "level": table.level, "insider": table.insider}
    return {
        "when": {name: value for name, value in conditions.items() if value is not None},
        "floor": str(table.floor),
        "bands": [
            {
                "up_to": None if band.up_to is None else str(band.up_to),
                "rate": str(band.rate),
                "plus": str(band.plus),
                "mark": str(band.mark),
            }
            for band in table.bands
        ],
    }
