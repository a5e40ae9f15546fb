"""Every row marked M of the seeds on tips and rewards is shown by a scenario that fails without its feature."""

from pathlib import Path

import pytest

from tests.scenarios.seeds import ROWS, Row
from workflows.scenarios import play, read_scenario

ROOT = Path(__file__).parents[2]
MARKED_M = {
    "0.26", "0.27", "0.28", "1.1", "1.2", "3.12", "3.13", "3.14", "3.15", "3.16", "3.30", "4.10",
}  # fmt: skip
SHOWN = sorted({(row.seed, row.scenario) for row in ROWS})
played_on: dict[str, list[str]] = {}


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "name"), SHOWN)
def test_the_row_is_shown_with_every_feature_on(world: None, seed: str, name: str) -> None:
    scenario = read_scenario(ROOT / "scenarios" / f"{name}.yaml")
    if name not in played_on:
        played_on[name] = play(scenario).failures

    assert played_on[name] == []
    assert seed in scenario.note


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_row_fails_with_its_feature_off(world: None, row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    row.off(monkeypatch)

    outcome = play(read_scenario(ROOT / "scenarios" / f"{row.scenario}.yaml"))

    assert len(outcome.failures) == 1
    assert row.reason in outcome.failures[0]


def test_every_row_marked_m_has_a_scenario_and_stands_in_the_table() -> None:
    table = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")

    assert {row.seed for row in ROWS} == MARKED_M
    missing = [
        row
        for row in ROWS
        if not any(f"| {row.seed} |" in line and row.scenario in line for line in table.splitlines())
    ]
    assert missing == []
