"""manage.py legal_deadline."""

import json
from pathlib import Path

import pytest

from tests.commands.asking import answer, refusal, run_manage, table
from tests.worked.tables import Row, first_cell, rows_of


def arguments(row: Row) -> list[str]:
    words = ["--rule", row["rule"], "--from", row["from"]]
    for span in row["exclude"].split():
        words += ["--exclude", span]
    for key in row["extensions"].split():
        words += ["--extension", key]
    return words


@pytest.mark.parametrize("row", rows_of("deadlines"), ids=first_cell)
def test_a_worked_deadline_is_printed(row: Row) -> None:
    found = answer("legal_deadline", *arguments(row))

    assert found["due"] == row["due"]
    assert found["counted"] and found["source"] and found["mark"]
    assert found["provisional"] is False


def test_the_table_tells_due_and_how_it_was_counted() -> None:
    shown = table("legal_deadline", "--rule", "decision", "--from", "2025-07-03")

    assert "2025-10-09" in shown
    assert "90 calendar days end on 2025-10-01." in shown
    assert "PP 45" in shown


def test_a_year_without_calendar_is_provisional_until_a_file_gives_it(tmp_path: Path) -> None:
    words = ["--rule", "hearing_request", "--from", "2026-12-28"]
    file = tmp_path / "2027.csv"
    file.write_text("date,kind\n2027-01-01,holiday\n", encoding="utf-8")

    guessed = answer("legal_deadline", *words)
    known = answer("legal_deadline", *words, "--calendar", str(file))

    assert (guessed["due"], guessed["provisional"]) == ("2027-01-04", True)
    assert (known["due"], known["provisional"]) == ("2027-01-05", False)


def test_region_and_party_choose_the_value() -> None:
    words = ["--rule", "publish_retention", "--from", "2025-07-03"]

    assert answer("legal_deadline", *words)["due"] == "2030-07-03"
    assert answer("legal_deadline", *words, "--party", "person")["due"] == "2027-07-03"
    old = ["--rule", "lead_verification", "--from", "2021-07-01"]
    assert answer("legal_deadline", *old, "--region", "210100")["unit"] == "cd"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--rule", "decison", "--from", "2025-07-03"], "Near matches: decision"),
        (["--rule", "case_report_amount", "--from", "2025-07-03"], "not a period"),
        (["--rule", "decision", "--from", "2025-02-30"], "not a day"),
        (["--rule", "decision", "--from", "2025-07-03T25:00"], "not a moment"),
        (["--rule", "transfer_to_police", "--from", "2025-07-03"], "time of day"),
        (["--rule", "decision", "--from", "2025-07-03", "--exclude", "2025-08-12..2025-08-01"], "before"),
        (["--rule", "decision", "--from", "2025-07-03", "--extension", "decision_extension_2"], "only after"),
        (["--rule", "decision", "--from", "2025-07-03", "--calendar", "/no/such"], "cannot be read"),
        (["--rule", "decision", "--from", "2025-07-03", "--party", "hospital"], "kind of party"),
        (["--rule", "decision", "--from", "2025-07-03", "--region", "Mars!"], "region"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(words: list[str], reason: str) -> None:
    assert reason in refusal("legal_deadline", *words)


def test_an_official_gets_an_answer_on_the_shell() -> None:
    found = run_manage("legal_deadline", "--rule", "decision", "--from", "2025-07-03", "--json")

    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["due"] == "2025-10-09"


def test_a_refusal_on_the_shell_is_one_line_and_a_status() -> None:
    found = run_manage("legal_deadline", "--rule", "decison", "--from", "2025-07-03", "--json")

    assert found.returncode == 2
    assert found.stdout == ""
    assert len(found.stderr.strip().splitlines()) == 1
    assert "decison" in found.stderr
