"""While the database is away people read one sentence and the program reports no fault."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from psycopg import errors

from config.celery import app
from config.error_pages import UNAVAILABLE, RefusalPages, fault_page

# Nobody listens there.
CLOSED_PORT = 9


@pytest.fixture
def away(transactional_db: None) -> Iterator[None]:
    """A database server that cannot be reached."""
    port = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = CLOSED_PORT
    yield
    connection.close()
    connection.settings_dict["PORT"] = port


def browser() -> Client:
    """A browser with a session, whose keeper is the database."""
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    client.cookies["sessionid"] = "a" * 32
    return client


@pytest.mark.parametrize("path", ["/work/", "/report/", "/accounts/login/"])
def test_a_page_says_in_one_sentence_that_the_database_is_away(
    away: None, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = browser().get(path)

    assert answer.status_code == 503
    assert str(UNAVAILABLE) in answer.content.decode()
    assert answer["Retry-After"] == "3"
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_the_health_page_says_so_without_a_fault(away: None, caplog: pytest.LogCaptureFixture) -> None:
    assert browser().get("/healthz").status_code == 503
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_script_gets_the_sentence_as_json() -> None:
    request = RequestFactory().get("/", headers={"accept": "application/json"})
    answer = pages().process_exception(request, lost())

    assert answer is not None and answer.status_code == 503
    assert json.loads(answer.content) == {"code": "unavailable", "text": str(UNAVAILABLE)}


def test_another_fault_stays_a_fault() -> None:
    request = RequestFactory().get("/")
    try:
        raise ValueError("wrong")
    except ValueError as error:
        assert pages().process_exception(request, error) is None
        assert fault_page(request).status_code == 500


def test_a_job_that_loses_the_database_ends_without_a_fault_and_another_fault_stays_one() -> None:
    @app.task(name="tests.loses_the_database")
    def losing() -> None:
        raise lost()

    @app.task(name="tests.is_wrong")
    def wrong() -> None:
        raise ValueError("wrong")

    assert losing() is None
    with pytest.raises(ValueError, match="wrong"):
        wrong()


def pages() -> RefusalPages:
    """The middleware around nothing."""

    def nothing(_request: HttpRequest) -> Any:
        raise NotImplementedError

    return RefusalPages(nothing)


def lost() -> OperationalError:
    """What Django raises when a server was stopped at once."""
    error = OperationalError("terminating connection")
    error.__cause__ = errors.AdminShutdown()
    return error
