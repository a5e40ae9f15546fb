"""Comparing what is found with what a scenario expects."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from workflows.rules.calendar import civil_date


class Failure(AssertionError):
    """An expectation was not met."""


def compare(what: str, wanted: Any, found: Mapping[str, Any]) -> None:
    """Compare named values. Raises: Failure naming the first difference."""
    if not isinstance(wanted, dict):
        raise Failure(f"{what}: write a mapping of {', '.join(sorted(found))}")
    for name, value in wanted.items():
        if name not in found:
            raise Failure(f"{what} has no “{name}”; known: {', '.join(sorted(found))}")
        if not is_same(value, found[name]):
            raise Failure(f"{what}: {name} is {shown(found[name])}, expected {shown(value)}")


def is_same(wanted: Any, found: Any) -> bool:
    """Whether a value of the file means the value found: sums by amount, moments by civil day, lists in order."""
    if isinstance(found, Decimal):
        try:
            return Decimal(str(wanted)) == found
        except InvalidOperation:
            return False
    if isinstance(found, list | tuple):
        pairs = wanted if isinstance(wanted, list) else [wanted]
        return len(pairs) == len(found) and all(map(is_same, pairs, found))
    if isinstance(found, bool) or isinstance(wanted, bool) or found is None or wanted is None:
        return found is wanted
    return shown(wanted) == shown(found)


def shown(value: Any) -> str:
    """A value as it stands in a scenario."""
    if isinstance(value, datetime) and value.tzinfo:
        return str(civil_date(value))
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(shown, value))}]"
    return "nothing" if value is None else str(value)
