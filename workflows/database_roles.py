"""The two roles of the database: the owner makes the tables, the application works with their rows.

Web, worker and beat log in as the application (DATABASE_URL). `migrate`, `flush` and whatever makes databases of its
own log in as the owner (DATABASE_OWNER_URL) for that long. A model that says `is_append_only = True` has a trigger
against UPDATE and DELETE from a migration; here the application gets no right to either.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

OWNERS_OWN = MigrationRecorder.Migration._meta.db_table
# What the application could alter a row with, remove the guard with, or become the owner with.
HELD = """
WITH asked AS (
    SELECT name, to_regclass(name)::oid AS relation, (SELECT oid FROM pg_roles WHERE rolname = %(role)s) AS role
      FROM unnest(%(tables)s::text[]) AS name
)
SELECT name, held.what
  FROM asked
 CROSS JOIN LATERAL (VALUES
       ('UPDATE', has_any_column_privilege(role, relation, 'UPDATE')),
       ('DELETE', has_table_privilege(role, relation, 'DELETE')),
       ('TRUNCATE', has_table_privilege(role, relation, 'TRUNCATE')),
       ('TRIGGER', has_table_privilege(role, relation, 'TRIGGER')),
       ('OWNER', pg_has_role(role, (SELECT relowner FROM pg_class WHERE oid = relation), 'MEMBER'))
 ) AS held(what, is_held)
 WHERE held.is_held
 ORDER BY name, held.what
"""


class OwnerNotNamed(CommandError):
    """A command needs the owner of the tables, and nobody said who that is."""

    def __init__(self) -> None:
        super().__init__(
            "DATABASE_OWNER_URL is not set. This needs the role that owns the tables: "
            "postgresql://OWNER:PASSWORD@HOST:PORT/NAME (docs/how-to/separate-database-roles.md)."
        )


@contextmanager
def as_owner() -> Iterator[None]:
    """Log in as the owner for a while, to the database that is in use; not inside a transaction.

    Raises: OwnerNotNamed.
    """
    if settings.DATABASE_OWNER is None:
        raise OwnerNotNamed
    with logged_in(settings.DATABASE_OWNER):
        yield


@contextmanager
def logged_in(login: Mapping[str, Any]) -> Iterator[None]:
    """Connect with that login for a while; what was open is closed, unless it is the same login."""
    before = {name: connection.settings_dict[name] for name in login}
    if before == login:
        yield
        return
    _log_in(login)
    try:
        yield
    finally:
        _log_in(before)


def give_rights() -> None:
    """Give the application exactly what it needs on every table there is; doing it again changes nothing.

    Call it as the owner. One transaction: nobody sees rights that are taken away again.
    """
    role = connection.ops.quote_name(settings.DATABASE_APPLICATION["USER"])
    every = "ON ALL TABLES IN SCHEMA public"
    with transaction.atomic(), connection.cursor() as cursor:
        standing = connection.introspection.table_names(cursor)
        kept = ", ".join(name for name in [*append_only_tables(), OWNERS_OWN] if name in standing)
        for statement in (
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            f"GRANT USAGE ON SCHEMA public TO {role}",
            f"REVOKE ALL {every} FROM {role}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE {every} TO {role}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            f"REVOKE UPDATE, DELETE ON {kept} FROM {role}",
            f"REVOKE INSERT ON {OWNERS_OWN} FROM {role}",
        ):
            cursor.execute(statement)


def append_only_tables(app_label: str = "") -> list[str]:
    """Tables whose rows are added and never altered, of one app or of all."""
    models = apps.get_app_config(app_label).get_models() if app_label else apps.get_models()
    return sorted(model._meta.db_table for model in models if getattr(model, "is_append_only", False))


def wrongly_held(tables: list[str]) -> dict[str, list[str]]:
    """For each of the tables that exist: what the application's role could alter or unguard its rows with."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"role": settings.DATABASE_APPLICATION["USER"], "tables": tables})
        found: dict[str, list[str]] = {}
        for table, right in cursor.fetchall():
            found.setdefault(table, []).append(right)
    return found


def _log_in(login: Mapping[str, Any]) -> None:
    if connection.in_atomic_block:
        raise RuntimeError("a transaction is open: its connection cannot become another role's")
    connection.close()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool is not None:
        close_pool()
    connection.settings_dict.update(login)
