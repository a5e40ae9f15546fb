"""What a log and a mailed report say of an error: kinds and places, never words, query or account."""

import logging
from collections.abc import Callable
from unittest.mock import patch

import pytest
from celery.app.trace import LOG_FAILURE
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.log import AdminEmailHandler

from config.bare_errors import bare_traceback
from config.settings import logs
from tests.canaries.places import Log, mails
from tests.factories.tips import a_person

WORDS = "CANARY出院后仍记费"


def told() -> None:
    """An error with words, notes and another one behind it."""
    try:
        raise KeyError(f"behind {WORDS}")
    except KeyError as behind:
        error = ValueError(f"could not convert {WORDS}")
        error.add_note(f"while reading {WORDS}")
        raise error from behind


def grouped() -> None:
    raise ExceptionGroup(WORDS, [ValueError(WORDS), FileNotFoundError(2, WORDS)])


def loop() -> None:
    """Two errors, each behind the other."""
    first, second = ValueError(WORDS), KeyError(WORDS)
    first.__cause__, second.__cause__ = second, first
    raise first


def raised_by(function: Callable[[], None]) -> BaseException:
    with pytest.raises(BaseException) as caught:
        function()
    return caught.value


def shown(function: Callable[[], None]) -> str:
    error = raised_by(function)
    return bare_traceback((type(error), error, error.__traceback__))


def test_a_traceback_names_kinds_and_places_of_the_whole_chain_and_no_words() -> None:
    text = shown(told)

    assert WORDS not in text
    assert text.index("KeyError") < text.index("direct cause") < text.index("ValueError")
    assert "test_error_reports.py" in text and "raise error from behind" in text


def test_of_a_group_every_part_is_named_with_the_systems_code() -> None:
    text = shown(grouped)

    assert WORDS not in text
    assert "ExceptionGroup" in text and "  | ValueError" in text and "  | FileNotFoundError (ENOENT)" in text


def test_errors_behind_each_other_end() -> None:
    assert shown(loop).count("KeyError") == 1


@pytest.mark.parametrize("is_given", [True, False])
def test_the_line_of_the_log_has_the_kind_and_no_words(is_given: bool) -> None:
    kept, logger = Log(), logging.getLogger("tests.errors")
    logger.addHandler(kept.handler)
    try:
        told()
    except ValueError as error:
        logger.error("it failed", exc_info=error if is_given else True)
    logger.removeHandler(kept.handler)

    [(_, line)] = kept.lines()
    assert b"it failed" in line and b"builtins" not in line and b"ValueError" in line
    assert WORDS not in line.decode()


def test_what_a_failed_job_says_of_its_error_goes() -> None:
    error = raised_by(told)
    event = {"event": "task_failed", "error": str(error), "exception": error, "exc_info": True}
    beside = {"event": "x", "reason": error}

    assert logs.without_words_of_errors(None, "error", event) == {"event": "task_failed", "exc_info": True}
    assert logs.without_words_of_errors(None, "error", beside) == {"event": "x", "reason": "ValueError"}


def test_the_sentence_of_celery_names_the_kind() -> None:
    error = raised_by(told)
    values = {"name": "tips.x", "id": "1", "description": "raised unexpected", "exc": repr(error)}
    exc_info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("celery.app.trace", logging.ERROR, "", 0, LOG_FAILURE, (values,), exc_info)

    assert logs.bare_job(record)
    assert record.getMessage() == "Task tips.x[1] raised unexpected: ValueError"
    assert logs.LOGGING["loggers"]["celery.app.trace"]["filters"] == ["bare_jobs"]  # type: ignore[index]


def test_a_mailed_report_has_neither_words_nor_query_nor_account(settings, db: None) -> None:  # type: ignore[no-untyped-def]
    settings.ADMINS = [("operator", "operator@example.org")]
    account = a_person("CANARYofficial", "intake_officer")
    browser = Client(raise_request_exception=False)
    browser.force_login(account)
    reports, logger = AdminEmailHandler(include_html=True), logging.getLogger("django.request")
    reports.setLevel(logging.ERROR)
    logger.addHandler(reports)
    try:
        with patch("tips.register.listing.wanted_entries", side_effect=raised_by(told)):
            answer = browser.get(reverse("tips:tips"), {"q": WORDS}, headers={"host": "localhost"})
    finally:
        logger.removeHandler(reports)

    assert answer.status_code == 500 and mail.outbox
    whole = "\n".join(report.decode() for _, report in mails())
    for private in (WORDS, "CANARYofficial", account.display_name, "?q="):
        assert private not in whole
    for needed in ("ValueError", "KeyError", reverse("tips:tips"), "raise error from behind"):
        assert needed in whole
