"""Decision tables (DMN): read once at compile time into plain tests; nothing is parsed when they are asked.

Cells compare whole numbers and words, and outputs are words: the library makes floats of numbers in cells.
"""

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from .errors import ExpressionFailed, ExpressionRefused, ModelRefused, StepFailed
from .expressions import compile_expression, ordered, type_alike

Table = dict[str, Any]

_TEST = re.compile(r"(<=|>=|<|>|=|!=)?\s*(.+)")
_INTERVAL = re.compile(r"([\[\](])\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*([\[\])])")
_ORDERS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_HIT_POLICIES = {"UNIQUE", "FIRST"}


def read_table(decision: Any, file: str) -> Table:
    """The table of a `<decision>` as JSON values. Raises: ModelRefused."""
    name = decision.get("id", "")
    tables = decision.findall("{*}decisionTable")
    if len(tables) != 1:
        raise ModelRefused(file, name, "a decision must hold exactly one decision table")
    table = tables[0]
    policy = table.get("hitPolicy", "UNIQUE").upper()
    if policy not in _HIT_POLICIES:
        raise ModelRefused(file, name, f"the hit policy {policy} is not supported; use UNIQUE or FIRST")
    try:
        return {
            "decision": name,
            "policy": policy,
            "inputs": [_input(column) for column in table.findall("{*}input")],
            "outputs": [_output(column) for column in table.findall("{*}output")],
            "rules": [_rule(row) for row in table.findall("{*}rule")],
        }
    except ExpressionRefused as error:
        raise ModelRefused(file, name, str(error)) from error


def decide(table: Table, element: str, data: Mapping[str, Any]) -> dict[str, str]:
    """Outputs of the rule that fits. Raises: StepFailed when none fits, or several in a UNIQUE table."""
    try:
        values = [compile_expression(text)(data) for text in table["inputs"]]
        fitting = [row for row in table["rules"] if _fits(row["tests"], values)]
    except ExpressionFailed as error:
        raise StepFailed(element, f"in the decision {table['decision']}: {error}") from error
    if not fitting:
        raise StepFailed(element, f"no rule of the decision {table['decision']} fits")
    if len(fitting) > 1 and table["policy"] == "UNIQUE":
        raise StepFailed(element, f"more than one rule of the decision {table['decision']} fits")
    return dict(zip(table["outputs"], fitting[0]["results"], strict=True))


def _text(node: Any) -> str:
    found = node.find("{*}text")
    return (found.text or "").strip() if found is not None else ""


def _input(column: Any) -> str:
    expression = column.find("{*}inputExpression")
    text = _text(expression) if expression is not None else ""
    compile_expression(text)
    return text


def _output(column: Any) -> str:
    name: str = column.get("name", "")
    if not name.isidentifier():
        raise ExpressionRefused("an output column needs the name of a variable")
    return name


def _rule(row: Any) -> dict[str, Any]:
    return {
        "tests": [_tests(_text(cell)) for cell in row.findall("{*}inputEntry")],
        "results": [_result(_text(cell)) for cell in row.findall("{*}outputEntry")],
    }


def _result(text: str) -> str:
    value = compile_expression(text)({}) if text else ""
    if not isinstance(value, str):
        raise ExpressionRefused(f"the output “{text}” is not a word in quotation marks")
    return value


def _tests(cell: str) -> list[list[Any]]:
    """Alternatives of a cell, each an operator and its values; an empty list fits everything."""
    if cell in ("", "-"):
        return []
    interval = _INTERVAL.fullmatch(cell)
    if interval:
        low = ">=" if interval[1] == "[" else ">"
        high = "<=" if interval[4] == "]" else "<"
        return [["between", low, int(interval[2]), high, int(interval[3])]]
    return [_one_test(part) for part in _split(cell)]


def _one_test(text: str) -> list[Any]:
    match = _TEST.fullmatch(text.strip())
    if match is None:
        raise ExpressionRefused(f"“{text}” is no test of a decision table")
    value = {"true": True, "false": False}.get(match[2], _MISSING)
    if value is _MISSING:
        try:
            value = compile_expression(match[2])({})
        except ExpressionFailed as error:
            raise ExpressionRefused(f"“{text}”: a cell compares with a fixed value; {error}") from error
    return [match[1] or "=", value]


_MISSING = object()


def _split(cell: str) -> list[str]:
    """Parts between commas that are not in quotation marks."""
    return [part for part in re.split(r""",(?=(?:[^"']|"[^"]*"|'[^']*')*$)""", cell) if part.strip()]


def _fits(tests: list[list[list[Any]]], values: list[Any]) -> bool:
    return all(
        not cell or any(_holds(test, value) for test in cell)
        for cell, value in zip(tests, values, strict=True)
    )


def _holds(test: list[Any], value: Any) -> bool:
    sign = test[0]
    if sign == "between":
        return ordered(_ORDERS[test[1]], value, test[2]) and ordered(_ORDERS[test[3]], value, test[4])
    if sign in ("=", "!="):
        alike = type_alike(value, test[1]) and bool(value == test[1])
        return alike if sign == "=" else not alike
    return ordered(_ORDERS[sign], value, test[1])
