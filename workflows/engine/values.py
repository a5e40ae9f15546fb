"""What process data may hold, and copies of it that nobody else holds."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from .errors import DataRefused

_LARGEST = 2**53


def clean(data: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the data, down to the leaves, holding only words, whole numbers, Decimals, dates and moments.

    UUIDs become words, tuples become lists. Raises: DataRefused.
    """
    return {_key(key): _clean(value, key) for key, value in data.items()}


def copy_of(value: Any) -> Any:
    """A deep copy of data that was cleaned before."""
    if isinstance(value, dict):
        return {key: copy_of(item) for key, item in value.items()}
    if isinstance(value, list):
        return [copy_of(item) for item in value]
    return value


def _key(key: object) -> str:
    if isinstance(key, str) and not key.startswith(("$", "__")):
        return key
    raise DataRefused(f"{key!r} cannot name a value of process data")


def _clean(value: Any, name: str) -> Any:
    if isinstance(value, Enum):
        return _clean(value.value, name)
    if value is None or isinstance(value, bool | Decimal):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int) and -_LARGEST < value < _LARGEST:
        return int(value)
    if isinstance(value, datetime):
        return _aware(value, name)
    if isinstance(value, date):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {_key(key): _clean(item, name) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item, name) for item in value]
    raise DataRefused(f"{name}: process data cannot hold {value!r}")


def _aware(value: datetime, name: str) -> datetime:
    if value.utcoffset() is None:
        raise DataRefused(f"{name}: the moment {value.isoformat()} has no offset")
    return value
