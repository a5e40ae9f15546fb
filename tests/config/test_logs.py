"""The log: a request id on every line, nothing that could lead to a tipster."""

import json
import logging
from typing import Any

import pytest
import structlog
from django.test import Client, override_settings

from config.settings import logs


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The request log's events as the formatter gets them."""
    return [record.msg for record in caplog.records if isinstance(record.msg, dict)]


def test_a_request_logs_its_path_without_query_address_and_browser(
    caplog: pytest.LogCaptureFixture, db: None
) -> None:
    caplog.set_level(logging.INFO)

    Client().get("/healthz?code=ABCD-EFGH", REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Phone/1.0")

    logged = json.dumps(lines(caplog), default=str)
    assert "GET /healthz" in logged
    for private in ("ABCD-EFGH", "203.0.113.9", "Phone/1.0"):
        assert private not in logged


def test_the_browsers_request_id_is_kept_and_returned(caplog: pytest.LogCaptureFixture, db: None) -> None:
    caplog.set_level(logging.INFO)

    answer = Client().get("/healthz", HTTP_X_REQUEST_ID="abcd-1234-efgh")

    assert answer["X-Request-ID"] == "abcd-1234-efgh"
    assert {line["request_id"] for line in lines(caplog)} == {"abcd-1234-efgh"}


def test_a_malformed_request_id_is_replaced(db: None) -> None:
    answer = Client().get("/healthz", HTTP_X_REQUEST_ID='x" injected')

    assert "injected" not in answer["X-Request-ID"]
    assert len(answer["X-Request-ID"]) == 36


@pytest.mark.parametrize("name", sorted(logs.NEVER_LOGGED))
def test_a_private_field_never_reaches_the_line(name: str) -> None:
    assert logs.without_private_parts(None, "info", {"event": "x", name: "private"}) == {"event": "x"}


def test_addresses_in_texts_are_blanked_but_not_loopback() -> None:
    event = {"event": "from 198.51.100.7 to 127.0.0.1, article 38.1.2"}

    assert (
        logs.without_private_parts(None, "info", event)["event"]
        == "from [address] to 127.0.0.1, article 38.1.2"
    )


def test_ordinary_heartbeats_are_dropped_and_failing_ones_kept() -> None:
    job = {"event": "task_succeeded", "task": "workflows.relay_outbox"}

    with pytest.raises(structlog.DropEvent):
        logs.without_heartbeats(None, "info", {**job, "level": "info"})
    assert logs.without_heartbeats(None, "error", {**job, "level": "error"})["level"] == "error"


@override_settings(DEBUG=False)
def test_pages_forbid_foreign_and_inline_code(db: None) -> None:
    policy = Client().get("/healthz")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
