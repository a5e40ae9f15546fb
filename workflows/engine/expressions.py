"""The closed expression language of conditions: comparisons, logic, membership, small sums.

Expressions are read once into nested functions; nothing is handed to Python's own evaluation, so there are
no calls, no attributes and no names other than the token's data.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from .errors import ExpressionFailed, ExpressionRefused

Data = Mapping[str, Any]
Evaluation = Callable[[Data], Any]

_LONGEST = 1000
_ORDERS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_SUMS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Evaluation:
    """The expression as a function of the token's data. Raises: ExpressionRefused."""
    if len(text) > _LONGEST:
        raise ExpressionRefused(f"the expression is longer than {_LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionRefused(f"“{text}” is not an expression") from error
    return _read(tree.body)


def names_in(text: str) -> frozenset[str]:
    """The variables that an expression asks for."""
    compile_expression(text)
    tree = ast.parse(text.strip(), mode="eval")
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def _read(node: ast.expr) -> Evaluation:
    reader = _READERS.get(type(node))
    if reader is None:
        raise ExpressionRefused(
            f"“{ast.unparse(node)}”: {type(node).__name__} is not allowed in an expression"
        )
    return reader(node)


def _constant(node: ast.Constant) -> Evaluation:
    value = node.value
    if not isinstance(value, str | int | bool | None):
        raise ExpressionRefused(f"“{ast.unparse(node)}”: only words, whole numbers, True, False and None")
    return lambda data: value


def _name(node: ast.Name) -> Evaluation:
    name = node.id
    if name.startswith("__"):
        raise ExpressionRefused(f"the name {name} is not allowed")

    def look_up(data: Data) -> Any:
        if name not in data:
            raise ExpressionFailed(f"the variable {name} has not been set")
        return data[name]

    return look_up


def _list(node: ast.List | ast.Tuple | ast.Set) -> Evaluation:
    parts = [_read(part) for part in node.elts]
    return lambda data: [part(data) for part in parts]


def _logic(node: ast.BoolOp) -> Evaluation:
    parts = [_read(part) for part in node.values]
    if isinstance(node.op, ast.And):
        return lambda data: all(part(data) for part in parts)
    return lambda data: any(part(data) for part in parts)


def _unary(node: ast.UnaryOp) -> Evaluation:
    inner = _read(node.operand)
    if isinstance(node.op, ast.Not):
        return lambda data: not inner(data)
    if isinstance(node.op, ast.USub):
        return lambda data: -_number(inner(data))
    raise ExpressionRefused(f"“{ast.unparse(node)}”: this sign is not allowed in an expression")


def _sum(node: ast.BinOp) -> Evaluation:
    act = _SUMS.get(type(node.op))
    if act is None:
        raise ExpressionRefused(
            f"“{ast.unparse(node)}”: {type(node.op).__name__} is not allowed in an expression"
        )
    left, right = _read(node.left), _read(node.right)
    if isinstance(node.op, ast.Add):
        return lambda data: _plus(left(data), right(data))
    return lambda data: _divided(act, _number(left(data)), _number(right(data)))


def _plus(left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    return _number(left) + _number(right)


def _divided(act: Callable[[int, int], int], left: int, right: int) -> int:
    try:
        return act(left, right)
    except ZeroDivisionError as error:
        raise ExpressionFailed("a division by zero") from error


def _number(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ExpressionFailed(f"{value!r} is not a whole number")


def _comparison(node: ast.Compare) -> Evaluation:
    operands = [_read(part) for part in (node.left, *node.comparators)]
    tests = [_test(op) for op in node.ops]

    def holds(data: Data) -> bool:
        values = [part(data) for part in operands]
        return all(test(values[i], values[i + 1]) for i, test in enumerate(tests))

    return holds


def _test(op: ast.cmpop) -> Callable[[Any, Any], bool]:
    if isinstance(op, ast.Eq | ast.Is):
        return lambda left, right: type_alike(left, right) and left == right
    if isinstance(op, ast.NotEq | ast.IsNot):
        return lambda left, right: not (type_alike(left, right) and left == right)
    if isinstance(op, ast.In):
        return _contains
    if isinstance(op, ast.NotIn):
        return lambda left, right: not _contains(left, right)
    return lambda left, right: ordered(_ORDERS[type(op)], left, right)


def type_alike(left: Any, right: Any) -> bool:
    """Whether two values may be equal at all: True is not 1 here."""
    return isinstance(left, bool) == isinstance(right, bool)


def ordered(order: Callable[[Any, Any], Any], left: Any, right: Any) -> bool:
    """Compare by size; only numbers with numbers and words with words. Raises: ExpressionFailed."""
    if isinstance(left, str) and isinstance(right, str):
        return bool(order(left, right))
    return bool(order(_number(left), _number(right)))


def _contains(item: Any, container: Any) -> bool:
    if isinstance(container, str):
        return isinstance(item, str) and item in container
    if isinstance(container, list | tuple | Mapping):
        return item in container
    raise ExpressionFailed(f"{container!r} holds nothing that could be looked for")


_READERS: dict[type[ast.expr], Callable[[Any], Evaluation]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.List: _list,
    ast.Tuple: _list,
    ast.Set: _list,
    ast.BoolOp: _logic,
    ast.UnaryOp: _unary,
    ast.BinOp: _sum,
    ast.Compare: _comparison,
}
