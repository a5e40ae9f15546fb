"""Guessing receipt codes gets slow; whoever has the right code always gets in."""

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from tests.factories.tips import a_tip
from tests.tips.effort.solving import solved
from tips.effort import limits
from tips.receipts import receipt_code
from workflows.now import now, playing

pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture(autouse=True)
def no_tries_yet(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PROOF_COST = 2
    caches["short_lived"].clear()


def a_code(number: int, beginning: str = "") -> str:
    """A well-formed code that no report has; `beginning` of its first four characters if given."""
    code = receipt_code.from_seed(number.to_bytes(32, "big"))
    if not beginning:
        return code
    values = [receipt_code.ALPHABET.index(sign) for sign in beginning + code[4:20]]
    return "".join(receipt_code.ALPHABET[value] for value in (*values, *receipt_code._check_values(values)))


def enter(client: Client, code: str, **more: str):  # type: ignore[no-untyped-def]
    return client.post(reverse("tips:follow"), {"code": code, **more})


def guess(client: Client, times: int, beginning: str = "", **more: str) -> None:
    for number in range(times):
        client.post(reverse("tips:follow"), {"code": a_code(number, beginning)}, **more)


def test_in_quiet_times_nothing_is_asked(client: Client) -> None:
    assert "data-effort" not in client.get(reverse("tips:follow")).content.decode()
    assert enter(client, a_tip().code).status_code == 302


def test_guesses_at_one_beginning_make_the_next_one_cost_something(client: Client) -> None:
    code = a_tip().code
    guess(client, limits.WRONG_BY_PREFIX.rungs[0], beginning=code[:4])

    assert enter(client, a_code(99, code[:4])).status_code == 429
    assert enter(client, a_tip().code).status_code == 302


def test_the_victim_of_guesses_gets_in_by_a_calculation(client: Client) -> None:
    code = a_tip().code
    guess(client, limits.WRONG_BY_PREFIX.rungs[0], beginning=code[:4])

    asked = enter(client, code)
    task = asked.context["task"]
    let_in = enter(client, code, page=task["page"], effort=solved(task["challenge"]))

    assert (asked.status_code, let_in.status_code) == (429, 302)


def test_one_calculation_serves_one_look_up(client: Client) -> None:
    code = a_tip().code
    guess(client, limits.WRONG_BY_PREFIX.rungs[0], beginning=code[:4])
    task = enter(client, code).context["task"]
    proof = {"page": task["page"], "effort": solved(task["challenge"])}

    first = enter(client, a_code(99, code[:4]), **proof)

    assert first.status_code == 404
    assert enter(client, code, **proof).status_code == 429


def test_the_victim_without_scripts_gets_in_after_a_wait(client: Client) -> None:
    code, start = a_tip().code, now()
    guess(client, limits.WRONG_BY_PREFIX.rungs[0], beginning=code[:4])

    with playing(start):
        asked = enter(client, code)
        too_early = enter(client, code, ticket=asked.context["ticket"])
    with playing(start.replace(year=start.year + 1)):
        in_time = enter(client, code, ticket=asked.context["ticket"])

    assert asked["Retry-After"] == "10"
    assert (too_early.status_code, in_time.status_code) == (429, 302)


def test_the_wait_for_one_code_is_no_wait_for_another(client: Client) -> None:
    code, start = a_tip().code, now()
    guess(client, limits.WRONG_BY_PREFIX.rungs[0], beginning=code[:4])
    ticket = enter(client, code).context["ticket"]

    with playing(start.replace(year=start.year + 1)):
        assert enter(client, a_code(99, code[:4]), ticket=ticket).status_code == 429


def test_guesses_from_one_network_cost_there_first(client: Client) -> None:
    many = limits.WRONG_BY_NETWORK.rungs[0]
    guess(client, many, REMOTE_ADDR="203.0.113.7")

    neighbour = client.post(reverse("tips:follow"), {"code": a_code(999)}, REMOTE_ADDR="203.0.113.200")
    elsewhere = client.post(reverse("tips:follow"), {"code": a_code(998)}, REMOTE_ADDR="198.51.100.7")

    assert (neighbour.status_code, elsewhere.status_code) == (429, 404)


def test_no_address_is_kept_anywhere_in_the_cache(client: Client) -> None:
    guess(client, 3, REMOTE_ADDR="203.0.113.7")

    raw = caches["short_lived"]._cache.get_client(None, write=True)  # type: ignore[attr-defined]
    kept = [(key, raw.get(key)) for key in raw.keys("*") if raw.type(key) == b"string"]

    assert kept
    assert "203.0.113" not in str(kept)


def test_a_foreign_ticket_is_worth_nothing(client: Client) -> None:
    code = a_tip().code
    guess(client, limits.WRONG_BY_PREFIX.rungs[0], beginning=code[:4])

    for ticket in ("x", "WyJhIiwxXQ:abc", "", "\x00"):
        assert enter(client, code, ticket=ticket).status_code == 429
