"""Worked examples of the law as tables: rules and commands are tested against the same rows."""

import csv
from pathlib import Path

Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    """Return the rows of a table beside this file."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_cell(row: Row) -> str:
    """Name a test case by its first column."""
    return next(iter(row.values()))
