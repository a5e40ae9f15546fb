"""manage.py penalty_range."""

import json

import pytest

from tests.commands.asking import answer, refusal, run_manage, table
from tests.worked.tables import Row, first_cell, rows_of


def words(article: str, party: str = "provider", loss: str = "54000", on: str = "2025-07-03") -> list[str]:
    return ["--article", article, "--party", party, "--loss", loss, "--on", on]


@pytest.mark.parametrize("row", rows_of("penalties"), ids=first_cell)
def test_a_worked_range_is_printed(row: Row) -> None:
    found = answer("penalty_range", *words(row["article"], row["party"], row["loss"]))

    assert (found["fine_min"], found["fine_max"]) == (row["fine_min"] or None, row["fine_max"] or None)
    assert found["recovery"] == (row["recovery"] or None)
    assert found["source"] and found["warnings"] == []


def test_41_says_how_it_was_read() -> None:
    found = answer("penalty_range", *words("41", "person", "3500"))

    assert found["article"] == "41(2)"
    assert "41(2)" in found["notes"][0]


def test_unloaded_implementing_rules_are_warned_about_from_their_first_day() -> None:
    assert answer("penalty_range", *words("38", on="2026-03-31"))["warnings"] == []
    assert "令第7号" in answer("penalty_range", *words("38", on="2026-04-01"))["warnings"][0]


def test_the_day_is_today_unless_named(frozen_clock: object) -> None:
    found = answer("penalty_range", "--article", "38", "--party", "provider", "--loss", "1")

    assert found["on"] == "2025-03-12"


def test_the_table_names_the_further_measures() -> None:
    shown = table("penalty_range", *words("40"))

    assert "department responsible suspended for 6–12 months" in shown
    assert "108000.00" in shown


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (words("99"), "near matches"),
        (words("38", "person"), "does not apply"),
        (words("38", "hospital"), "choose provider"),
        (words("38", loss="-1"), "negative"),
        (words("38", loss="1.005"), "two decimal places"),
        (words("40", loss="999999999999.99"), "more than"),
        (words("38", on="2025-13-01"), "not a day"),
        (words("38", on="2021-04-30"), "came into force"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(given: list[str], reason: str) -> None:
    assert reason in refusal("penalty_range", *given)


def test_an_official_gets_an_answer_on_the_shell() -> None:
    found = run_manage("penalty_range", *words("38"), "--json")

    assert found.returncode == 0, found.stderr
    answer = json.loads(found.stdout)
    assert (answer["fine_min"], answer["fine_max"]) == ("54000.00", "108000.00")


def test_a_refusal_on_the_shell_has_a_status() -> None:
    found = run_manage("penalty_range", *words("99"), "--json")

    assert found.returncode == 2
    assert len(found.stderr.strip().splitlines()) == 1
