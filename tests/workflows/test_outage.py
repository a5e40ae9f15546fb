"""What counts as a database that is away, and what does not."""

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError, connection, transaction
from psycopg import errors
from psycopg_pool import PoolTimeout

from workflows.outage import is_outage


def django_error(cause: Exception) -> OperationalError:
    """The error as Django hands it on."""
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "cause",
    [
        psycopg.OperationalError("server closed the connection unexpectedly"),
        PoolTimeout("couldn't get a connection after 10.00 sec"),
        errors.AdminShutdown(),
        errors.CrashShutdown(),
        errors.CannotConnectNow(),
        errors.ConnectionFailure(),
    ],
)
def test_a_connection_that_broke_or_could_not_be_had_is_an_outage(cause: Exception) -> None:
    assert is_outage(django_error(cause))


@pytest.mark.parametrize(
    "cause", [errors.LockNotAvailable(), errors.DeadlockDetected(), errors.DiskFull(), errors.QueryCanceled()]
)
def test_a_server_that_answers_is_no_outage(cause: Exception) -> None:
    assert not is_outage(django_error(cause))


def test_an_error_of_the_program_is_no_outage_even_while_the_database_is_away() -> None:
    try:
        try:
            raise django_error(psycopg.OperationalError("gone"))
        except OperationalError:
            raise KeyError("wrong name")  # noqa: B904 - the chain is what is tested
    except KeyError as error:
        assert not is_outage(error)


@pytest.mark.django_db(transaction=True)
def test_what_follows_from_a_lost_connection_inside_a_transaction_is_an_outage() -> None:
    with pytest.raises(DatabaseError) as lost, transaction.atomic():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        except DatabaseError:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")

    assert isinstance(lost.value, ProgrammingError | OperationalError)
    assert is_outage(lost.value)
