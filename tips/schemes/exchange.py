"""Reward schemes in files: YAML in the shape of the product's own, or a CSV table with one line for each band."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from tips.rules.cells import as_meant, harmless
from tips.rules.scheme_data import Scheme, as_data

OF_SCHEME = ("title", "title_zh")
OF_VERSION = (
    "in_force_from",
    "in_force_to",
    "source",
    "article",
    "mark",
    "kind",
    "floor",
    "cap",
    "up_to_included",
    "date_recalled",
    "insider_factor",
    "insider_points",
    "insider_after_floor",
    "rounding",
    "rounding_unit",
    "no_loss_least",
    "no_loss_most",
)
OF_TABLE = ("target", "level", "insider", "level_floor")
OF_BAND = ("above", "up_to", "rate", "plus", "band_mark")
COLUMNS = ("key", *OF_SCHEME, *OF_VERSION, *OF_TABLE, *OF_BAND)
WORDS = {"key", *OF_SCHEME, "source", "article"}
"""Columns of free text: guarded in a table, so that a spreadsheet runs nothing of it."""
YES_OR_NO = {"up_to_included", "date_recalled", "insider_after_floor", "insider"}
TRUE, FALSE = "yes", "no"


class UnreadableFile(ValueError):
    """The file is no list of reward schemes; the text says where it is wrong."""


def as_file(schemes: Iterable[Scheme]) -> dict[str, Any]:
    """Schemes in the shape of the product's file."""
    return {
        scheme.key: {
            "title": scheme.title,
            "title_zh": scheme.title_zh,
            "versions": [as_data(version) for version in scheme.versions],
        }
        for scheme in schemes
    }


def to_yaml(schemes: Iterable[Scheme]) -> str:
    """The schemes as YAML that can be imported again."""
    return yaml.safe_dump(as_file(schemes), allow_unicode=True, sort_keys=False)


def to_csv(schemes: Iterable[Scheme]) -> str:
    """The schemes as a table with one line for each band, for spreadsheets."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for key, row in as_file(schemes).items():
        for version in row["versions"]:
            writer.writerows(_lines(key, row, version))
    return out.getvalue()


def read_schemes(text: str, *, is_csv: bool) -> dict[str, Any]:
    """What a file says, not yet checked. Raises: UnreadableFile."""
    try:
        found = _from_csv(text) if is_csv else yaml.safe_load(text)
    except (yaml.YAMLError, csv.Error, KeyError, ValueError) as error:
        raise UnreadableFile(str(error)) from error
    if not isinstance(found, dict) or not found:
        raise UnreadableFile("there is no scheme in it")
    for key, row in found.items():
        named = isinstance(row, dict) and {"title", "title_zh", "versions"} <= set(row)
        if not named or not isinstance(row["versions"], list):
            raise UnreadableFile(f"{key}: title, title_zh and versions are needed")
    return found


def _lines(key: str, row: Mapping[str, Any], version: Mapping[str, Any]) -> Iterable[dict[str, str]]:
    least, most = version.get("no_loss") or ("", "")
    common = {"key": key, **{name: row[name] for name in OF_SCHEME}}
    common |= {name: _cell(version.get(name)) for name in OF_VERSION}
    common |= {"no_loss_least": least, "no_loss_most": most}
    for table in version["tables"]:
        when = {name: _cell(table["when"].get(name)) for name in ("target", "level", "insider")}
        for band in table["bands"]:
            cells = {name: _cell(band[name]) for name in ("up_to", "rate", "plus")}
            line = {**common, **when, "level_floor": table["floor"], **cells, "band_mark": band["mark"]}
            yield {name: harmless(value) if name in WORDS else value for name, value in line.items()}


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return TRUE if value else FALSE
    return "" if value is None else str(value)


def _from_csv(text: str) -> dict[str, Any]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")))
    if missing := {"key", "in_force_from", "rate"} - set(reader.fieldnames or ()):
        raise UnreadableFile(f"columns are missing: {', '.join(sorted(missing))}")
    found: dict[str, Any] = {}
    for line in reader:
        cells = {name: value.strip() for name, value in line.items() if name and value and value.strip()}
        cells |= {name: as_meant(cells[name]) for name in WORDS & set(cells)}
        row = found.setdefault(
            cells["key"], {name: cells.get(name, "") for name in OF_SCHEME} | {"versions": []}
        )
        version = _version_in(row["versions"], cells)
        _table_in(version["tables"], cells)["bands"].append(_band(cells))
    return found


def _version_in(versions: list[dict[str, Any]], cells: Mapping[str, str]) -> dict[str, Any]:
    """The version of the line's first day, begun when it is the first line of it."""
    known = next((one for one in versions if one["in_force_from"] == cells["in_force_from"]), None)
    if known is None:
        known = {name: _value(name, cells[name]) for name in OF_VERSION if name in cells}
        least, most = known.pop("no_loss_least", None), known.pop("no_loss_most", None)
        known |= {"no_loss": [least, most or least]} if least else {}
        known["tables"] = []
        versions.append(known)
    return known


def _table_in(tables: list[dict[str, Any]], cells: Mapping[str, str]) -> dict[str, Any]:
    when = {name: _value(name, cells[name]) for name in ("target", "level", "insider") if name in cells}
    known = next((one for one in tables if one["when"] == when), None)
    if known is None:
        known = {"when": when, "floor": cells.get("level_floor", "0.00"), "bands": []}
        tables.append(known)
    return known


def _band(cells: Mapping[str, str]) -> dict[str, Any]:
    band: dict[str, Any] = {name: cells[name] for name in ("above", "up_to", "rate", "plus") if name in cells}
    return band | ({"mark": cells["band_mark"]} if "band_mark" in cells else {})


def _value(name: str, written: str) -> Any:
    if name == "level":
        return int(written)
    if name in YES_OR_NO:
        if written not in (TRUE, FALSE):
            raise UnreadableFile(f"{name}: yes or no, not {written}")
        return written == TRUE
    return written
