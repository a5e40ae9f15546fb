"""A file that is no scenario is refused with a sentence that says where and why, before anything is played."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from workflows.scenarios import Scenario, ScenarioRefused, read_scenario
from workflows.scenarios.moments import read_moment

Read = Callable[..., Scenario]
FRIDAY = datetime(2025, 9, 26, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("  - {doing: x}\n", "unknown key doing"),
        ("  - {does: register_tip}\n", "“does” needs “who”"),
        ("  - {acts: fly}\n", "unknown act “fly”; known: add_bureau, add_evidence"),
        ("  - {expect: {weather: fine}}\n", "unknown expectation “weather”"),
        ("  - {who: a, does: x, acts: file_tip}\n", "one of does, acts and play"),
        ("  - {at: tomorrow}\n", "“tomorrow” is no moment"),
        ("  - {acts: file_tip, with: [a]}\n", "“with” is a mapping"),
        ("  - {at: 2025-03-03, at: 2025-03-04}\n", "“at” stands twice"),
        ("  - {play: nothing_such}\n", "there is no “nothing_such.yaml” in parts/"),
        ("  - {play: ../01-true-tip-to-reward}\n", "there is no “../01-true-tip-to-reward.yaml” in parts/"),
        ("  - {play: pay, with: {sum: 1}}\n", "“pay” has no sum; known: fine"),
        ("  - {play: pay, expect: {work: {}}}\n", "a part has no expect of its own"),
        ("  []\n", "at least one step"),
        ("  - [\n", "not valid YAML"),
    ],
)
def test_reading_refuses(written: Read, text: str, says: str) -> None:
    with pytest.raises(ScenarioRefused, match="written.yaml") as refused:
        written(text)

    assert says in str(refused.value)


def test_reading_refuses_a_head_without_title(written: Read) -> None:
    with pytest.raises(ScenarioRefused, match="start, steps, title"):
        written("  - {acts: file_tip}\n", head="start: 2025-03-03\nsteps:\n")


def test_reading_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioRefused, match="cannot be read"):
        read_scenario(tmp_path / "none.yaml")


def test_a_part_fills_in_what_the_step_gives_and_its_defaults(written: Read) -> None:
    found = written("  - {at: +1wd 10:00, matter: 甲案, play: pay, with: {recovery: '1.00', voucher: X}}\n")

    moment, recovery, fine = found.steps
    assert (moment.matter, moment.at) == ("甲案", read_moment("+1wd 10:00"))
    assert recovery.entries["amount"] == "1.00"
    assert recovery.entries["voucher"] == "NS-X"
    assert fine.entries["amount"] == "54000.00"
    assert fine.label == "step 1 › 2"


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2025-03-03 09:00", "2025-03-03 09:00"),
        ("2025-03-03", "2025-03-03 00:00"),
        ("+3d 10:00", "2025-09-29 10:00"),
        ("+2wd", "2025-09-29 09:00"),  # the Sunday is worked
        ("+4wd 08:30", "2025-10-09 08:30"),  # across the National Day holiday
        ("+90min", "2025-09-26 10:30"),
        ("+20h", "2025-09-27 05:00"),
        ("+1mo", "2025-10-26 09:00"),
        ("today-1wd 16:00", "2025-09-30 16:00"),
        ("today", "2025-10-09 09:00"),
        ("-1d", "2025-09-25 09:00"),
    ],
)
def test_a_moment_is_counted_from_the_step_before_or_from_today(text: str, local: str) -> None:
    found = read_moment(text).after(FRIDAY, date(2025, 10, 9))

    assert found == read_moment(local).absolute


@pytest.mark.parametrize("text", ["", "soon", "+3", "3d", "today-3w", "2025-02-30", "+1d 25:00"])
def test_a_moment_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_moment(text)
