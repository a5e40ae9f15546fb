"""Contexts as JSON and back, so that a document can be made again from what was stored with it."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from casework.documents.errors import WrongContext

Context = TypeVar("Context")


def to_json(value: Any) -> Any:
    """A context as JSON values: amounts and dates become strings, tuples become lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def from_json(kind: type[Context], stored: Mapping[str, Any]) -> Context:
    """The dataclass from its stored form. Raises: WrongContext naming the field."""
    hints = get_type_hints(kind)
    unknown = set(stored) - set(hints)
    if unknown:
        raise WrongContext(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
    try:
        return kind(**{name: _read(hints[name], value) for name, value in stored.items()})
    except (TypeError, ValueError, ArithmeticError) as error:
        raise WrongContext(f"{kind.__name__}: {error}") from error


def _read(hint: Any, value: Any) -> Any:
    if get_origin(hint) is types.UnionType:
        inner = next(option for option in get_args(hint) if option is not types.NoneType)
        return None if value is None else _read(inner, value)
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], item) for item in value)
    if isinstance(hint, type) and is_dataclass(hint) and isinstance(value, Mapping):
        return from_json(hint, value)
    if hint is Decimal and isinstance(value, str | int):
        return Decimal(value)
    if hint is date and isinstance(value, str):
        return date.fromisoformat(value)
    if not isinstance(value, hint):
        raise TypeError(f"{value!r} is not a {hint.__name__}")
    return value
