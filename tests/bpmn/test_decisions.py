"""Every decision table answers as its CSV file says, at each border from both sides."""

import csv
from pathlib import Path

import pytest

from tests.bpmn.real_models import FOLDER, real_sources
from workflows.engine import StepFailed
from workflows.engine.decisions import Table, decide, read_table
from workflows.engine.expressions import names_in
from workflows.proofs.drawing import parse

DECISIONS = sorted(path.stem for path in FOLDER.glob("decisions/*.dmn"))


def table_of(name: str) -> Table:
    """The table of a decision."""
    return read_table(parse(real_sources()[f"{name}.dmn"]).find("{*}decision"), f"{name}.dmn")


def rows_of(name: str) -> list[dict[str, str]]:
    """The lines of its CSV file."""
    with (Path(__file__).parent / "decisions" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def value(text: str) -> str | int | bool:
    """A cell of the CSV file as process data."""
    return {"true": True, "false": False}.get(text, int(text) if text.isdigit() else text)


def inputs_of(table: Table, row: dict[str, str]) -> dict[str, str | int | bool]:
    """The variables that the columns of the table read, from a line of the file."""
    return {name: value(row[name]) for text in table["inputs"] for name in names_in(text)}


@pytest.mark.parametrize("name", DECISIONS)
def test_no_table_holds_an_amount_of_the_law(name: str) -> None:
    for rule in table_of(name)["rules"]:
        for cell in rule["tests"]:
            assert all(type(part) is not int for test in cell for part in test), rule


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_answers_as_recorded(name: str) -> None:
    table = table_of(name)

    for row in rows_of(name):
        inputs = inputs_of(table, row)
        outputs = {key: row[key] for key in table["outputs"]}
        assert decide(table, name, inputs) == outputs, row


@pytest.mark.parametrize("name", DECISIONS)
def test_the_record_reaches_every_rule_of_a_decision(name: str) -> None:
    table = table_of(name)
    data = [inputs_of(table, row) for row in rows_of(name)]

    for rule in table["rules"]:
        others = {**table, "rules": [other for other in table["rules"] if other is not rule]}
        assert any(not _answers(others, inputs) for inputs in data), rule


def _answers(table: Table, inputs: dict[str, str | int | bool]) -> bool:
    try:
        decide(table, "", inputs)
    except StepFailed:
        return False
    return True
