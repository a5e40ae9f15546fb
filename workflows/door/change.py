"""What an act is about to write, kept until it is sent in one statement."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model

from workflows.door.rows import as_json, inserting
from workflows.door.sql import fetch


class Change:
    """Rows to add, alter and remove. `write` sends them as parts of one statement and starts anew.

    PostgreSQL applies only one of two updates that a statement makes to a row, so updates are merged by row here.
    """

    def __init__(self) -> None:
        self._added: dict[tuple[type[Model], bool], list[Model]] = {}
        self._altered: dict[Model, dict[str, Any]] = {}
        self._parts: list[tuple[str, Sequence[Any]]] = []

    def add(self, row: Model, *, or_ignore: bool = False) -> None:
        """Store a new row; with `or_ignore` one that is there already stays as it is."""
        self._added.setdefault((type(row), or_ignore), []).append(row)

    def alter(self, row: Model, **values: Any) -> None:
        """Set fields of a row, on the instance at once and in the database with the rest."""
        for name, value in values.items():
            setattr(row, name, value)
        self._altered.setdefault(row, {}).update(values)

    def also(self, sql: str, *parameters: Any) -> None:
        """Send a statement of its own kind along; it sees the rows as they were before."""
        self._parts.append((sql, parameters))

    def write(self) -> None:
        """Send everything. Rows that were added to models with numbers of the database get none here."""
        parts = [_update(row, values) for row, values in self._altered.items()]
        parts += self._parts
        parts += [
            (inserting(model, or_ignore=or_ignore), [as_json(rows)])
            for (model, or_ignore), rows in self._added.items()
        ]
        self._added, self._altered, self._parts = {}, {}, []
        if parts:
            _send(parts)


def _update(row: Model, values: Mapping[str, Any]) -> tuple[str, Sequence[Any]]:
    fields = _fields(type(row))
    places = ", ".join(f'"{fields[name].column}" = %s' for name in values)
    prepared = [_stored(fields[name], value) for name, value in values.items()]
    where = f'"{row._meta.pk.column}" = %s'
    return f'UPDATE "{row._meta.db_table}" SET {places} WHERE {where}', [*prepared, row.pk]


@cache
def _fields(model: type[Model]) -> dict[str, "Field[Any, Any]"]:
    return {field.name: field for field in model._meta.concrete_fields}


def _stored(field: "Field[Any, Any]", value: Any) -> Any:
    """The value as the driver takes it: only JSON needs the field's help."""
    if isinstance(field, JSONField):
        return field.get_db_prep_save(value, connection)
    return value.pk if isinstance(value, Model) else value


def _send(parts: Sequence[tuple[str, Sequence[Any]]]) -> None:
    *before, (last, _) = parts
    named = ", ".join(f"part{number} AS ({sql})" for number, (sql, _) in enumerate(before))
    fetch(f"WITH {named} {last}" if named else last, [value for _, values in parts for value in values])
