"""The application's own login at the database: what it cannot do there, whatever its code would try."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from django.test import override_settings

from config.checks import the_application_cannot_alter_its_journal
from workflows.database_roles import OwnerNotNamed, append_only_tables, as_owner, give_rights, wrongly_held
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db(transaction=True)
JOURNAL = JournalEntry._meta.db_table
TABLES = append_only_tables()
GUARDED = """
SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
  JOIN pg_proc ON pg_proc.oid = tgfoid WHERE proname LIKE '%refuse_change' ORDER BY relname
"""


@pytest.fixture
def application() -> Iterator[psycopg.Connection]:
    """A connection of its own with the login of web, worker and beat."""
    login = settings.DATABASE_APPLICATION
    with psycopg.connect(
        host=login["HOST"],
        port=login["PORT"],
        user=login["USER"],
        password=login["PASSWORD"],
        dbname=connection.settings_dict["NAME"],
        autocommit=True,
    ) as made:
        yield made


@pytest.fixture
def restored() -> Iterator[None]:
    """Rights as they should be, whatever the test gave away."""
    yield
    with as_owner():
        give_rights()


def run_as_owner(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


def role() -> str:
    return connection.ops.quote_name(settings.DATABASE_APPLICATION["USER"])


def test_the_tests_log_in_as_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT session_user, current_user, usesuper FROM pg_user WHERE usename = session_user"
        )
        login = settings.DATABASE_APPLICATION["USER"]
        assert cursor.fetchone() == (login, login, False)


def test_every_table_of_added_rows_has_its_trigger_and_its_mark() -> None:
    with connection.cursor() as cursor:
        cursor.execute(GUARDED)
        assert [name for (name,) in cursor.fetchall()] == TABLES
    assert JOURNAL in TABLES
    assert "casework_ledgerline" in TABLES


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {table}",
        "TRUNCATE {table}",
        "TRUNCATE {table} CASCADE",
        "SELECT 1 FROM {table} FOR UPDATE",
        "ALTER TABLE {table} DISABLE TRIGGER {table}_is_append_only",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "DROP TRIGGER {table}_is_append_only ON {table}",
        "CREATE RULE gone AS ON INSERT TO {table} DO INSTEAD NOTHING",
        "ALTER TABLE {table} ADD COLUMN other integer",
        "ALTER TABLE {table} RENAME TO other",
        "DROP TABLE {table} CASCADE",
    ],
)
def test_the_application_alters_no_table_of_added_rows(
    application: psycopg.Connection, table: str, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(statement.format(table=table))


@pytest.mark.parametrize("table", TABLES)
def test_the_application_updates_no_column_of_added_rows(application: psycopg.Connection, table: str) -> None:
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    for column in columns:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(f'UPDATE {table} SET "{column}" = "{column}"')


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE own (id integer)",
        "CREATE FUNCTION own() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION workflows_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "DROP FUNCTION workflows_refuse_change() CASCADE",
        "DROP TABLE workflows_run CASCADE",
        "ALTER TABLE workflows_run ADD COLUMN other integer",
        "TRUNCATE workflows_run CASCADE",
        "SET session_replication_role = replica",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('workflows', '9999', now())",
        "DELETE FROM django_migrations",
        "CREATE DATABASE own",
        "CREATE ROLE own SUPERUSER",
        "COPY workflows_run TO PROGRAM 'cat'",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
def test_the_application_makes_and_removes_nothing(application: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(statement)


def test_the_application_cannot_become_the_owner(application: psycopg.Connection) -> None:
    owner = connection.ops.quote_name(settings.DATABASE_OWNER["USER"])
    for statement in (
        f"SET ROLE {owner}",
        f"SET SESSION AUTHORIZATION {owner}",
        f"GRANT {owner} TO {role()}",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(statement)


def test_the_application_gives_itself_no_right(application: psycopg.Connection) -> None:
    # The server only warns: nothing is given.
    application.execute(f"GRANT UPDATE, DELETE, TRUNCATE, TRIGGER ON {JOURNAL} TO {role()}")

    assert wrongly_held(TABLES) == {}


def test_a_new_table_gets_its_rights_from_migrate(restored: None) -> None:
    run_as_owner("CREATE TABLE later (id serial PRIMARY KEY)")
    try:
        with connection.cursor() as cursor, pytest.raises(Error, match="permission denied"):
            cursor.execute("SELECT * FROM later")
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO later DEFAULT VALUES")
            cursor.execute("UPDATE later SET id = 7")
            cursor.execute("SELECT id FROM later")
            assert cursor.fetchall() == [(7,)]
    finally:
        run_as_owner("DROP TABLE later")


def test_rights_that_somebody_gave_are_found_and_taken_away(restored: None) -> None:
    assert the_application_cannot_alter_its_journal(databases=["default"]) == []
    run_as_owner(f"GRANT UPDATE (act) ON {JOURNAL} TO {role()}")
    run_as_owner(f"GRANT TRUNCATE ON casework_ledgerline TO {role()}")

    found = the_application_cannot_alter_its_journal(databases=["default"])
    with as_owner():
        give_rights()

    assert [error.id for error in found] == ["house.E002"]
    assert f"TRUNCATE on casework_ledgerline; UPDATE on {JOURNAL}." in found[0].msg
    assert wrongly_held(TABLES) == {}


def test_an_application_that_owns_the_tables_is_found() -> None:
    with override_settings(DATABASE_APPLICATION=settings.DATABASE_OWNER):
        held = wrongly_held(TABLES)

    assert list(held) == TABLES
    assert held[JOURNAL] == ["DELETE", "OWNER", "TRIGGER", "TRUNCATE", "UPDATE"]


@pytest.mark.parametrize("command", ["migrate", "flush"])
def test_a_command_without_an_owner_says_which_variable_is_missing(command: str) -> None:
    with (
        override_settings(DATABASE_OWNER=None),
        pytest.raises(OwnerNotNamed, match="DATABASE_OWNER_URL is not set"),
    ):
        call_command(command, interactive=False)
