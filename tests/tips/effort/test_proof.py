"""A proof of work holds for one binding, is not to be altered, and costs what it says."""

import base64
import json

import pytest

from tests.tips.effort.solving import solved
from tips.effort import proof


@pytest.fixture(autouse=True)
def cheap(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PROOF_COST = 2


def altered(payload: str, change) -> str:  # type: ignore[no-untyped-def]
    value = json.loads(base64.b64decode(payload))
    change(value)
    return base64.b64encode(json.dumps(value).encode()).decode()


def test_a_solution_proves_the_effort_of_its_task() -> None:
    assert proof.proved_effort(solved(proof.challenge("form", 2)), "form") == 2


def test_a_solution_proves_nothing_for_another_form() -> None:
    assert proof.proved_effort(solved(proof.challenge("form", 0)), "other form") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value["challenge"]["parameters"]["data"].update(effort=4),
        lambda value: value["challenge"]["parameters"].update(cost=1),
        lambda value: value["challenge"]["parameters"].update(expiresAt=9_999_999_999),
        lambda value: value["solution"].update(derivedKey="00" * 32),
        lambda value: value["challenge"].update(signature="00" * 32),
        lambda value: value["challenge"].pop("signature"),
        lambda value: value.pop("solution"),
    ],
)
def test_an_altered_solution_proves_nothing(change) -> None:  # type: ignore[no-untyped-def]
    payload = altered(solved(proof.challenge("form", 0)), change)

    assert proof.proved_effort(payload, "form") is None


@pytest.mark.parametrize("payload", ["", "?", "e30=", "bnVsbA==", "W10=", "MQ==", "x" * 10_000, "\x00", "圆"])
def test_what_is_no_solution_proves_nothing(payload: str) -> None:
    assert proof.proved_effort(payload, "form") is None


def test_each_effort_asks_for_twice_as_many_tries() -> None:
    counters = [[altcha_counter(effort) for _ in range(20)] for effort in (0, 1)]

    assert all(proof.TRIES // 2 <= counter < proof.TRIES * 3 // 2 for counter in counters[0])
    assert all(proof.TRIES <= counter < proof.TRIES * 3 for counter in counters[1])


def altcha_counter(effort: int) -> int:
    payload = solved(proof.challenge("form", effort))
    return int(json.loads(base64.b64decode(payload))["solution"]["counter"])


def test_an_expired_solution_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "LIFE", -proof.LIFE)

    assert proof.proved_effort(solved(proof.challenge("form", 0)), "form") is None


def test_the_task_does_not_hold_the_secret_of_the_form() -> None:
    assert "secret-of-the-form" not in json.dumps(proof.challenge("secret-of-the-form", 0))
