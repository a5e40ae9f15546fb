"""Rows without the query builder: models read and written by statements that are put together once.

Building a query costs the ORM more than sending it. A step uses the same few queries each time, so their text is
made once per process; the models stay the only place that names tables and columns.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import orjson
from django.db import connection
from django.db.models import AutoField, JSONField, Model, QuerySet

M = TypeVar("M", bound=Model)


@cache
def selected(model: type[Model], alias: str) -> str:
    """The columns of a model for a SELECT, in the order that `read` expects."""
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


@cache
def width(model: type[Model]) -> int:
    """How many columns a model has."""
    return len(model._meta.concrete_fields)


def read(model: type[M], values: Sequence[Any]) -> M:
    """An instance from the columns of `selected`."""
    names, json_places = _reading(model)
    found = list(values)
    for place in json_places:
        if found[place] is not None:
            found[place] = orjson.loads(found[place])
    return model.from_db(connection.alias, names, found)


@cache
def _reading(model: type[Model]) -> tuple[list[str], list[int]]:
    fields = model._meta.concrete_fields
    json_places = [place for place, field in enumerate(fields) if isinstance(field, JSONField)]
    return [field.attname for field in fields], json_places


def inserting(model: type[Model], *, returning: str = "", or_ignore: bool = False) -> str:
    """The statement that stores the JSON array which `as_json` makes of instances."""
    return _inserting(model) + (" ON CONFLICT DO NOTHING" if or_ignore else "") + returning


@cache
def _inserting(model: type[Model]) -> str:
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in _written(model))
    return (
        f'INSERT INTO "{table}" ({columns}) SELECT {columns}'
        f' FROM jsonb_populate_recordset(NULL::"{table}", %s::jsonb)'
    )


@cache
def _written(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]


def as_json(instances: Sequence[Model]) -> str:
    """Instances of one model as a JSON array of rows."""
    names = _names(type(instances[0]))
    held = (row.__dict__ for row in instances)
    return orjson.dumps([{column: values[name] for column, name in names} for values in held]).decode()


@cache
def _names(model: type[Model]) -> list[tuple[str, str]]:
    return [(field.column, field.attname) for field in _written(model)]


class Prepared:
    """A query of the ORM whose text is made once; marks in it give way to values at each use.

    `build` gets the marks as keyword arguments. A mark is a value that the query can hold in no other place.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **marks: Any) -> None:
        self._build, self._marks = build, marks
        self._made: tuple[str, list[Any]] | None = None
        self._places: list[int] = []

    def with_values(self, **values: Any) -> tuple[str, list[Any]]:
        """SQL text and parameters with these values in place of the marks."""
        sql, parameters = self._made or self._make()
        filled = list(parameters)
        for place in self._places:
            filled[place] = self._filled(filled[place], values)
        return sql, filled

    def _make(self) -> tuple[str, list[Any]]:
        sql, parameters = self._build(**self._marks).query.sql_with_params()
        self._places = [
            place
            for place, parameter in enumerate(parameters)
            if self._filled(parameter, dict.fromkeys(self._marks)) != parameter
        ]
        self._made = sql, list(parameters)
        return self._made

    def _filled(self, parameter: Any, values: Mapping[str, Any]) -> Any:
        if isinstance(parameter, list):
            return [self._filled(one, values) for one in parameter]
        return next((values[name] for name, mark in self._marks.items() if parameter == mark), parameter)
