"""Gates before a decision and a publication."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from enforcement.rules.decision_gates import DecisionFacts, shut_gates

NOW = datetime(2025, 9, 1, 2, tzinfo=UTC)
DAY = timedelta(days=1)
READY = DecisionFacts(
    filed_at=NOW - 60 * DAY,
    first_measure_at=NOW - 50 * DAY,
    notice_served_at=NOW - 10 * DAY,
    response_period_over_at=NOW - 3 * DAY,
    decision_due_at=NOW + 30 * DAY,
    review_is_required=True,
    review_has_passed=True,
    hearing_must_be_offered=True,
    hearing_was_offered=True,
    hearing_was_held=True,
    rests_on_hearing_record=True,
    collective_record_is_required=True,
    has_collective_record=True,
    police_hold_case=False,
)


def test_a_case_with_everything_on_file_passes_every_gate() -> None:
    assert shut_gates(READY, now=NOW) == ()


@pytest.mark.parametrize(
    ("change", "gate"),
    [
        ({"filed_at": None}, "filed_before_measures"),
        ({"first_measure_at": NOW - 61 * DAY}, "filed_before_measures"),
        ({"notice_served_at": None}, "notice_before_decision"),
        ({"notice_served_at": NOW + DAY}, "notice_before_decision"),
        ({"response_period_over_at": NOW}, "notice_before_decision"),
        ({"response_period_over_at": None}, "notice_before_decision"),
        ({"review_has_passed": False}, "review_passed_when_required"),
        ({"hearing_was_offered": False}, "hearing_offered_when_required"),
        ({"rests_on_hearing_record": False}, "decision_follows_hearing_record"),
        ({"has_collective_record": False}, "collective_record_when_required"),
        ({"decision_due_at": NOW - DAY}, "decision_in_time"),
        ({"police_hold_case": True}, "no_penalty_instead_of_transfer"),
    ],
)
def test_each_gate_shuts_for_its_own_reason(change: dict[str, Any], gate: str) -> None:
    assert [shut.name for shut in shut_gates(replace(READY, **change), now=NOW)] == [gate]


@pytest.mark.parametrize(
    "change",
    [
        {"first_measure_at": None},
        {"response_period_over_at": None, "response_was_waived": True},
        {"review_is_required": False, "review_has_passed": False},
        {"hearing_must_be_offered": False, "hearing_was_offered": False},
        {"hearing_was_held": False, "rests_on_hearing_record": False},
        {"collective_record_is_required": False, "has_collective_record": False},
    ],
)
def test_what_is_not_required_shuts_no_gate(change: dict[str, Any]) -> None:
    assert shut_gates(replace(READY, **change), now=NOW) == ()
