"""Between the table that people fill in and a reward scheme as data: percentages, rows, and which cell is meant."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from tips.rules.scheme_data import WHOLE

PERCENT = Decimal(100)


class TypedRow(Protocol):
    """One row of the table with what was typed into its cells."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into the row."""

    def typed(self, name: str) -> str:
        """What stands in a cell."""

    def add_error(self, field: str | None, error: str) -> None:
        """Write beside a cell what is wrong with it."""


def rows_of(data: Mapping[str, Any]) -> Iterable[dict[str, str]]:
    """The rows of the table that a version as data makes up."""
    for table in data.get("tables", ()):
        when = table.get("when", {})
        below = ""
        for at, band in enumerate(table["bands"]):
            insider = when.get("insider")
            yield {
                "target": when.get("target", ""),
                "level": str(when.get("level", "")),
                "insider": "" if insider is None else "yes" if insider else "no",
                "above": band.get("above") or below,
                "up_to": band.get("up_to") or "",
                "rate": percent_of(band.get("rate", "")),
                "plus": _unless_nothing(band.get("plus", "")),
                "level_floor": _unless_nothing(table.get("floor", "")) if at == 0 else "",
                "mark": band["mark"] if band.get("mark") not in (None, data.get("mark")) else "",
            }
            below = band.get("up_to") or ""


def tables_from(bands: Iterable[TypedRow]) -> list[dict[str, Any]]:
    """The tables that the rows make up: rows with the same conditions belong together."""
    tables: list[dict[str, Any]] = []
    for band in bands:
        if band.is_blank:
            continue
        table = _table_of(tables, band)
        if floor := plain(band.typed("level_floor")):
            table["floor"] = floor
        row: dict[str, Any] = {
            "rate": share_of(band.typed("rate")),
            "plus": plain(band.typed("plus")) or "0.00",
        }
        row |= {name: plain(band.typed(name)) for name in ("above", "up_to") if band.typed(name)}
        row |= {"mark": band.typed("mark")} if band.typed("mark") else {}
        table["bands"].append(row)
    return tables


def _table_of(tables: list[dict[str, Any]], band: TypedRow) -> dict[str, Any]:
    """The table of the row's conditions, begun when it is the first of them."""
    when: dict[str, Any] = {}
    if band.typed("target"):
        when["target"] = band.typed("target")
    if band.typed("level").isdecimal():
        when["level"] = int(band.typed("level"))
    if band.typed("insider"):
        when["insider"] = band.typed("insider") == "yes"
    for table in tables:
        if table["when"] == when:
            return table
    tables.append({"when": when, "floor": "0.00", "bands": []})
    return tables[-1]


def cells_of(bands: Iterable[TypedRow]) -> dict[str, tuple[TypedRow, str]]:
    """Where in the table the places of the data stand."""
    cells: dict[str, tuple[TypedRow, str]] = {}
    tables: list[dict[str, Any]] = []
    for band in bands:
        if band.is_blank:
            continue
        table = _table_of(tables, band)
        at = tables.index(table)
        if not table["bands"]:
            cells |= {f"tables.{at}.when": (band, "target"), f"tables.{at}.floor": (band, "level_floor")}
            cells[f"tables.{at}.bands"] = (band, "rate")
        for name in ("above", "up_to", "rate", "plus", "mark"):
            cells[f"tables.{at}.bands.{len(table['bands'])}.{name}"] = (band, name)
        table["bands"].append({})
    return cells


def initial_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of the version's form that its data make up."""
    least, most = data.get("no_loss") or ("", "")
    return {
        **{name: data.get(name) or "" for name in ("source", "article", "in_force_from", "in_force_to")},
        "mark": data.get("mark", "VERIFIED"),
        "date_recalled": data.get("date_recalled", False),
        "kind": data.get("kind", WHOLE),
        "bound": "below" if data.get("up_to_included", True) else "above",
        "floor": data.get("floor", ""),
        "cap": data.get("cap", ""),
        "no_loss_least": least,
        "no_loss_most": most,
        "insider_factor": data.get("insider_factor", "1"),
        "insider_points": percent_of(data.get("insider_points", "0")),
        "insider_order": "floor_first" if data.get("insider_after_floor", True) else "factor_first",
        "rounding": data.get("rounding", "half_up"),
        "rounding_unit": data.get("rounding_unit", "0.01"),
    }


def plain(typed: str) -> str:
    """An amount as data: without thousands commas."""
    return typed.strip().replace(",", "").replace("，", "")


def share_of(typed: str) -> str:
    """A percentage as the share of one; what is no number stays for the check to find."""
    written = plain(typed).removesuffix("%").strip()
    try:
        share = Decimal(written) / PERCENT
    except InvalidOperation:
        return written
    return f"{share.normalize():f}" if share.is_finite() else written


def percent_of(share: Any) -> str:
    """A share of one as a percentage; what is no number stays as it is."""
    try:
        return f"{(Decimal(str(share)) * PERCENT).normalize():f}"
    except InvalidOperation:
        return str(share)


def _unless_nothing(amount: Any) -> str:
    return "" if str(amount) in ("", "0", "0.00") else str(amount)
