"""Decision tables answer every declared input with exactly one rule."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from workflows.engine import ModelRefused, StepFailed
from workflows.engine.decisions import Table, decide, read_table
from workflows.rules.texts import Text, text

from .drawing import Drawings
from .findings import Finding, finding, refused
from .values import quoted

Value = str | int | bool

_COMPARISON = re.compile(r"([a-z]\w*) *(?:<=|>=|<|>|==|!=) *([a-z]\w*)")


@dataclass(frozen=True)
class _Input:
    """One input column: a variable or the comparison of two, its type and the text of its allowed values."""

    text: str
    type: str
    allowed: str

    @property
    def compared(self) -> tuple[str, ...]:
        """The two variables of a comparison, or none."""
        found = _COMPARISON.fullmatch(self.text)
        return found.groups() if found else ()


def findings(drawings: Drawings) -> Iterator[Finding]:
    """Inputs that no rule or several rules fit, rules that fit nothing, outputs that are not declared."""
    for key, (file, decision) in drawings.decisions.items():
        try:
            table = read_table(decision, file)
        except ModelRefused as error:
            yield refused(error, file)
            continue
        columns = [_column(element) for element in decision.iter("{*}input")]
        undeclared = list(_undeclared(columns))
        reasons = undeclared or [*_misfits(decision, table, columns), *_undeclared_outputs(decision, table)]
        yield from (finding(file, key, reason) for reason in reasons)


def _column(element: Any) -> _Input:
    expression = element.find("{*}inputExpression")
    return _Input(
        (element.findtext("{*}inputExpression/{*}text") or "").strip(),
        expression.get("typeRef", "") if expression is not None else "",
        (element.findtext("{*}inputValues/{*}text") or "").strip(),
    )


def _undeclared(columns: list[_Input]) -> Iterator[Text]:
    for column in columns:
        if column.compared:
            if column.type != "boolean":
                yield text("the comparison %(input)s must be of type boolean", input=column.text)
        elif not column.text.isidentifier():
            yield text(
                "the input “%(input)s” is neither the name of a variable nor the comparison of two",
                input=column.text,
            )
        elif column.type not in ("string", "number", "boolean"):
            yield text("the input %(input)s must be of type string, number or boolean", input=column.text)
        elif column.type == "string" and not column.allowed:
            yield text("the input %(input)s declares no allowed values", input=column.text)


def _misfits(decision: Any, table: Table, columns: list[_Input]) -> Iterator[Text]:
    """Each region of the declared inputs is tried by one point inside it."""
    rules = [r.get("id", "") for r in decision.iter("{*}rule")]
    points = _points_of_variables(table, columns)
    used: set[str] = set()
    gap = ""
    clashes: dict[tuple[str, ...], str] = {}
    for values in product(*points.values()):
        data = dict(zip(points, values, strict=True))
        fitting = [rules[place] for place, row in enumerate(table["rules"]) if _fits(table, row, data)]
        used.update(fitting[:1] if table["policy"] == "FIRST" else fitting)
        gap = gap or ("" if fitting else _shown(data))
        if table["policy"] == "UNIQUE":
            for pair in combinations(fitting, 2):
                clashes.setdefault(pair, _shown(data))
    if gap:
        yield text("no rule fits %(gap)s", gap=gap)
    for (one, other), example in clashes.items():
        yield text(
            "the rules %(one)s and %(other)s both fit %(example)s", one=one, other=other, example=example
        )
    for rule in (rule for rule in rules if rule not in used):
        yield text("the rule %(rule)s never decides anything", rule=rule)


def _fits(table: Table, row: Any, data: Mapping[str, Value]) -> bool:
    try:
        decide({**table, "rules": [row]}, "", data)
    except StepFailed:
        return False
    return True


def _points_of_variables(table: Table, columns: list[_Input]) -> dict[str, list[Value]]:
    """Values of every variable. Those that are compared with each other share theirs: less, equal and more."""
    points = {
        column.text: _points(column, _constants(table, place))
        for place, column in enumerate(columns)
        if not column.compared
    }
    compared = sorted({name for column in columns for name in column.compared})
    numbers = {value for name in compared for value in points.get(name, []) if type(value) is int}
    shared: list[Value] = sorted(numbers | set(range(len(compared))))
    return points | dict.fromkeys(compared, shared)


def _constants(table: Table, place: int) -> set[int]:
    """Whole numbers that the cells of a column compare with."""
    tests = [test for row in table["rules"] for test in row["tests"][place]]
    return {value for test in tests for value in test if type(value) is int}


def _points(column: _Input, constants: set[int]) -> list[Value]:
    """Values that stand for every region of a column: words, or each border with both its neighbours."""
    if column.type == "boolean":
        return [False, True]
    if column.type == "string":
        return list(quoted(column.allowed))
    least = int(column.allowed.removeprefix(">=")) if column.allowed.startswith(">=") else None
    near = {border + step for border in constants or {0} for step in (-1, 0, 1)}
    near |= {least} if least is not None else set()
    return sorted(value for value in near if least is None or value >= least)


def _shown(data: Mapping[str, Value]) -> str:
    return ", ".join(f"{name}={value}" for name, value in data.items())


def _undeclared_outputs(decision: Any, table: Table) -> Iterator[Text]:
    for place, element in enumerate(decision.iter("{*}output")):
        allowed = quoted(element.findtext("{*}outputValues/{*}text") or "")
        for word in sorted({row["results"][place] for row in table["rules"]} - set(allowed)):
            yield text("the output %(name)s does not declare “%(word)s”", name=element.get("name"), word=word)
