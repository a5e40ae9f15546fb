"""manage.py quote_reward."""

import json
from datetime import date

import pytest
from django.db import OperationalError

from tests.commands.asking import answer, refusal, run_manage, table
from tests.worked.tables import Row, first_cell, rows_of
from tips.management.commands import quote_reward
from tips.models import RewardSchemeVersion
from workflows.now import now

pytestmark = pytest.mark.django_db


def arguments(row: Row) -> list[str]:
    words = ["--scheme", row["scheme"], "--base", row["base"], "--target", row["target"]]
    if row["level"]:
        words += ["--level", row["level"]]
    return [*words, "--insider"] if row["insider"] else words


@pytest.mark.parametrize("row", rows_of("rewards"), ids=first_cell)
def test_a_worked_reward_is_printed(row: Row) -> None:
    found = answer("quote_reward", *arguments(row))

    assert found["amount"] == row["amount"]
    assert found["working"] and found["source"] and found["mark"]


def test_without_a_day_the_schemes_last_valid_day_counts() -> None:
    found = answer("quote_reward", "--scheme", "yangzhou", "--base", "50000", "--target", "organisation")

    assert found["received"] == "2022-12-31"


def test_the_table_shows_the_working() -> None:
    shown = table("quote_reward", "--scheme", "sichuan", "--base", "350000", "--target", "person")

    assert "250000.00 × 1.5 % = 3750.00" in shown
    assert "5750.00" in shown


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--scheme", "sichuann", "--base", "1"], "Near matches: sichuan"),
        (["--scheme", "sichuan", "--base", "-1"], "negative"),
        (["--scheme", "sichuan", "--base", "1.005"], "two decimal places"),
        (["--scheme", "sichuan", "--base", "much"], "not an amount"),
        (["--scheme", "guangdong", "--base", "1"], "needs the level"),
        (["--scheme", "guangdong", "--base", "1", "--level", "two"], "not a level"),
        (["--scheme", "beijing", "--base", "1"], "kind of target"),
        (["--scheme", "sichuan", "--base", "1", "--target", "hospital"], "kind of target"),
        (["--scheme", "yangzhou", "--base", "1", "--received", "2023-01-01"], "holds for tips"),
        (["--scheme", "yangzhou", "--base", "1", "--received", "yesterday"], "not a day"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(words: list[str], reason: str) -> None:
    assert reason in refusal("quote_reward", *words)


def test_an_official_gets_an_answer_on_the_shell() -> None:
    words = ["--scheme", "beijing", "--base", "500000.01", "--target", "organisation"]

    found = run_manage("quote_reward", *words, "--json")

    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["amount"] == "20000.00"


def test_a_refusal_on_the_shell_has_a_status() -> None:
    found = run_manage("quote_reward", "--scheme", "sichuan", "--base", "-1", "--target", "person", "--json")

    assert found.returncode == 2
    assert len(found.stderr.strip().splitlines()) == 1


def test_the_schemes_of_the_database_count_where_there_are_any() -> None:
    last = RewardSchemeVersion.objects.filter(scheme__key="sichuan").latest("number")
    raised = {**last.data, "in_force_from": "2026-01-01", "floor": "300.00"}
    RewardSchemeVersion.objects.create(
        scheme=last.scheme,
        number=last.number + 1,
        in_force_from=date(2026, 1, 1),
        data=raised,
        approved_at=now(),
    )

    found = answer("quote_reward", "--scheme", "sichuan", "--base", "8000", "--target", "person")

    assert (found["amount"], found["schemes"]) == ("300.00", "in force in the database")


def test_without_a_database_the_delivered_schemes_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("no server")

    monkeypatch.setattr(quote_reward, "stored_schemes", away)
    found = answer("quote_reward", "--scheme", "sichuan", "--base", "350000", "--target", "person")

    assert (found["amount"], found["schemes"][:12]) == ("5750.00", "as delivered")
