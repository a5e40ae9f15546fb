"""The worked deadlines of the law, and which extensions it knows."""

from datetime import date, datetime

import pytest

from casework.rules.deadlines import ExtensionRefused, legal_deadline
from tests.worked.tables import Row, first_cell, rows_of
from workflows.rules.calendar import SHANGHAI, Calendar
from workflows.rules.clock import Unit
from workflows.rules.texts import Refused
from workflows.rules.written import read_day_or_moment, read_pause

calendar = Calendar()
FILED = date(2025, 7, 3)


@pytest.mark.parametrize("row", rows_of("deadlines"), ids=first_cell)
def test_a_worked_deadline_comes_out(row: Row) -> None:
    found = legal_deadline(
        row["rule"],
        read_day_or_moment(row["from"]),
        calendar=calendar,
        pauses=[read_pause(span) for span in row["exclude"].split()],
        extensions=row["extensions"].split(),
    ).deadline

    due = found.due.astimezone(SHANGHAI).isoformat() if found.unit is Unit.HOURS else str(found.last_day)
    assert due == row["due"]


def test_the_second_extension_may_be_shorter() -> None:
    granted = ["decision_extension_2=45", "decision_extension_1"]

    found = legal_deadline("decision", FILED, calendar=calendar, extensions=granted)

    assert found.deadline.last_day == date(2025, 12, 15)


@pytest.mark.parametrize(
    ("key", "extensions", "reason"),
    [
        ("decision", ["decision_extension_2"], "only after"),
        ("decision", ["decision_extension_1", "decision_extension_1"], "only once"),
        ("decision", ["decision_extension_1", "decision_extension_2=61"], "cannot be 61"),
        ("decision", ["decision_extension_1=20"], "cannot be 20"),
        ("decision", ["decision_extension_1=x"], "whole number"),
        ("decision", ["sealing_extension"], "does not extend"),
        ("hearing_request", ["decision_extension_1"], "knows no extension"),
    ],
)
def test_an_extension_that_the_law_does_not_know_is_refused(
    key: str, extensions: list[str], reason: str
) -> None:
    with pytest.raises(ExtensionRefused, match=reason):
        legal_deadline(key, FILED, calendar=calendar, extensions=extensions)


def test_hours_need_the_time_of_day() -> None:
    with pytest.raises(Refused, match="time of day"):
        legal_deadline("transfer_to_police", FILED, calendar=calendar)


def test_a_day_before_the_law_is_counted_with_a_warning() -> None:
    found = legal_deadline("decision", date(2020, 7, 3), calendar=calendar)

    assert found.deadline.last_day == date(2020, 10, 9)
    assert "2021-07-15" in str(found.warnings[0])
    assert legal_deadline("decision", FILED, calendar=calendar).warnings == ()


def test_a_moment_is_read_as_its_shanghai_day() -> None:
    late = datetime.fromisoformat("2025-07-02T17:00+00:00")

    assert legal_deadline("decision", late, calendar=calendar) == legal_deadline(
        "decision", FILED, calendar=calendar
    )
