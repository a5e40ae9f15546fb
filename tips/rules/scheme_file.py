"""Reads the reward schemes: dated versions with their rate tables."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from casework.rules.money import ZERO, Money
from casework.rules.parameters import Mark

DATA = Path(__file__).parent / "data"
MARGINAL, WHOLE = "marginal", "whole"


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


@lru_cache(maxsize=1)
def load_schemes() -> dict[str, Scheme]:
    """Return every scheme by its key. Raises: ValueError naming the scheme that is wrong."""
    rows = yaml.safe_load((DATA / "reward_schemes.yaml").read_text(encoding="utf-8"))
    return {key: _scheme(key, row) for key, row in rows.items()}


def _scheme(key: str, row: dict[str, Any]) -> Scheme:
    versions = tuple(_version(key, version) for version in row["versions"])
    for earlier, later in pairwise(versions):
        if earlier.in_force_to is None or earlier.in_force_to >= later.in_force_from:
            raise ValueError(f"versions of the scheme {key} overlap from {later.in_force_from}")
    return Scheme(key, row["title"], row["title_zh"], versions)


def _version(key: str, row: dict[str, Any]) -> SchemeVersion:
    mark = Mark(row["mark"])
    no_loss = row.get("no_loss")
    version = SchemeVersion(
        in_force_from=row["in_force_from"],
        in_force_to=row.get("in_force_to"),
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
    )
    _check(key, version)
    return version


def _table(row: dict[str, Any], mark: Mark) -> RateTable:
    bands = tuple(
        Band(
            rate=Decimal(band["rate"]),
            up_to=Money.yuan(band["up_to"]) if "up_to" in band else None,
            plus=Money.yuan(band.get("plus", "0.00")),
            mark=Mark(band.get("mark", mark)),
        )
        for band in row["bands"]
    )
    return RateTable(bands, floor=Money.yuan(row.get("floor", "0.00")), **row.get("when", {}))


def _check(key: str, version: SchemeVersion) -> None:
    if version.kind not in (MARGINAL, WHOLE):
        raise ValueError(f"the scheme {key} is neither marginal nor whole")
    for table in version.tables:
        bounds = [band.up_to for band in table.bands]
        inner = [bound for bound in bounds[:-1] if bound is not None]
        if bounds[-1] is not None or len(inner) != len(bounds) - 1 or inner != sorted(inner):
            raise ValueError(f"the bands of the scheme {key} do not ascend to an open end")
