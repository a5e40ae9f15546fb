"""Which values of a variable make a difference: words that are compared, numbers at each border, true and false.

Variables that are compared with each other share their numbers, so that less, equal and more all occur.
"""

import ast
import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from .net import Net

Value = str | int | bool | None
OTHER = "…"
_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=", ast.NotEq: "=", ast.Is: "=",
    ast.IsNot: "=", ast.In: "=", ast.NotIn: "=",
}  # fmt: skip
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_HOLDS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
}  # fmt: skip


@dataclass
class _Asked:
    """What the models ask about one variable."""

    words: set[str] = field(default_factory=set)
    borders: set[tuple[str, int]] = field(default_factory=set)
    truth: bool = False
    none: bool = False
    with_others: set[str] = field(default_factory=set)


class Domains:
    """The finite values of every variable that decides anything; `sums` are expressions beyond comparing."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.sums: set[str] = set()
        self._asked: dict[str, _Asked] = defaultdict(_Asked)
        for condition in net.conditions():
            self._read(condition, as_truth=True)
        for table in net.tables.values():
            for place, text in enumerate(table["inputs"]):
                self._read_column(text, [rule["tests"][place] for rule in table["rules"]])
        self.declared = self._declared()
        names = sorted(net.read_anywhere)
        self.values: dict[str, tuple[Value, ...]] = {name: self._values(name) for name in names}

    def choices(self, name: str, words: Iterable[str]) -> list[int]:
        """Places in the domain that setting the variable may choose; all that are possible if no word is declared."""
        wanted = [_value(word) for word in words]
        chosen = [i for i, value in enumerate(self.values[name]) if any(_same(value, one) for one in wanted)]
        return chosen if wanted else self.free(name)

    def free(self, name: str) -> list[int]:
        """Places of all values but None, which only a declared variable holds that nothing has set."""
        return [i for i, value in enumerate(self.values[name]) if value is not None]

    def place(self, name: str, value: Value) -> int:
        """The place of a value that is surely in the domain."""
        return next(i for i, one in enumerate(self.values[name]) if _same(one, value))

    def _declared(self) -> dict[str, set[Value]]:
        found: dict[str, set[Value]] = defaultdict(set)
        for process in self.net.processes.values():
            for token in process.data_in:
                name, _, words = token.partition("=")
                found[name] |= {_value(word) for word in words.split("|") if word}
        for node in self.net.nodes.values():
            for name, given in self.net.writes(node).items():
                found[name] |= {_value(word) for word in given}
        for table in self.net.tables.values():
            for rule in table["rules"]:
                for name, result in zip(table["outputs"], rule["results"], strict=True):
                    found[name].add(result)
        return found

    def _values(self, name: str) -> tuple[Value, ...]:
        asked = self._asked[name]
        found: list[Value] = []
        numbers = self._numbers(name)
        declared = self.declared.get(name, set())
        words = {word for word in declared | asked.words if isinstance(word, str)}
        found += sorted(words)
        found += sorted(numbers | {v for v in declared if type(v) is int})
        if asked.truth or any(isinstance(v, bool) for v in declared) or not found:
            found += [False, True]
        if asked.words and not declared:
            found.append(OTHER)
        if asked.none or any(name in process.variables for process in self.net.processes.values()):
            found.append(None)
        return tuple(found)

    def _numbers(self, name: str) -> set[int]:
        """One number for each way in which the comparisons can come out."""
        together = self._together(name)
        borders = {border for other in together for border in self._asked[other].borders}
        if not borders and len(together) < 2:
            return set()
        room = len(together)
        constants = {number for _, number in borders} or {0}
        near = sorted({number + step for number in constants for step in range(-room, room + 1)})
        if room > 1:
            return set(near) if borders else set(range(room))
        kinds = {
            tuple(_HOLDS[sign](number, border) for sign, border in sorted(borders)): number for number in near
        }
        return set(kinds.values())

    def _together(self, name: str) -> set[str]:
        found: set[str] = set()
        ways = [name]
        while ways:
            one = ways.pop()
            if one not in found:
                found.add(one)
                ways.extend(self._asked[one].with_others)
        return found

    def _read(self, node: ast.expr, *, as_truth: bool) -> None:
        if isinstance(node, ast.Name):
            self._asked[node.id].truth |= as_truth
        elif isinstance(node, ast.BoolOp):
            for part in node.values:
                self._read(part, as_truth=True)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self._read(node.operand, as_truth=True)
        elif isinstance(node, ast.Compare):
            self._read_comparison(node)
        elif any(isinstance(part, ast.Name) for part in ast.walk(node)):
            self.sums.add(ast.unparse(node))

    def _read_comparison(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        for side in sides:
            if not isinstance(side, ast.Name):
                self._read(side, as_truth=False)
        for op, left, right in zip(node.ops, sides, sides[1:], strict=False):
            sign = _SIGNS[type(op)]
            self._read_pair(left, sign, right)
            self._read_pair(right, _TURNED.get(sign, sign), left)

    def _read_pair(self, side: ast.expr, sign: str, other: ast.expr) -> None:
        if not isinstance(side, ast.Name):
            return
        for name in (part.id for part in ast.walk(other) if isinstance(part, ast.Name)):
            self._asked[side.id].with_others.add(name)
            self._asked[name].with_others.add(side.id)
        for value in _constants(other):
            self._compared(side.id, sign, value)

    def _compared(self, name: str, sign: str, value: object) -> None:
        asked = self._asked[name]
        if isinstance(value, bool):
            asked.truth = True
        elif isinstance(value, int):
            asked.borders.add((sign, value))
        elif isinstance(value, str):
            asked.words.add(value)
        elif value is None:
            asked.none = True

    def _read_column(self, text: str, cells: list[list[list[object]]]) -> None:
        """A bare name is compared by the cells of its column; a comparison stands for itself."""
        expression = ast.parse(text.strip(), mode="eval").body
        if not isinstance(expression, ast.Name):
            self._read(expression, as_truth=True)
            return
        for sign, *values in (test for cell in cells for test in cell):
            if sign == "between":
                self._compared(expression.id, str(values[0]), values[1])
                self._compared(expression.id, str(values[2]), values[3])
            else:
                self._compared(expression.id, "=" if sign == "!=" else str(sign), values[0])


def _constants(node: ast.expr) -> Iterator[object]:
    if isinstance(node, ast.Constant):
        yield node.value
    elif (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
    ):
        yield -node.operand.value  # type: ignore[operator]
    elif isinstance(node, ast.List | ast.Tuple | ast.Set):
        for part in node.elts:
            yield from _constants(part)


def _same(one: Value, other: Value) -> bool:
    """Equal, and True is not 1."""
    return one == other and type(one) is type(other)


def _value(word: str) -> Value:
    """A word of a model as process data: true, false and whole numbers are not words."""
    known: dict[str, Value] = {"true": True, "True": True, "false": False, "False": False, "None": None}
    if word in known:
        return known[word]
    return int(word) if word.removeprefix("-").isdigit() else word
