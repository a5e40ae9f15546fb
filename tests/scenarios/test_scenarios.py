"""Every scenario of the installation is played to its end, as `run_scenario` plays it."""

from pathlib import Path

import pytest

from workflows.scenarios import play, read_scenario

FOLDER = Path(__file__).parents[2] / "scenarios"


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_scenario_is_met_to_its_end(world: None, path: Path) -> None:
    scenario = read_scenario(path)

    outcome = play(scenario)

    assert outcome.failures == []
    assert outcome.steps == len(scenario.steps)


def test_every_scenario_says_what_it_shows() -> None:
    found = [read_scenario(path) for path in sorted(FOLDER.glob("*.yaml"))]

    assert len(found) >= 12
    assert all(scenario.title and scenario.note for scenario in found)


def test_every_part_is_played_by_a_scenario() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.yaml"))

    unused = [part.stem for part in (FOLDER / "parts").glob("*.yaml") if f"play: {part.stem}\n" not in texts]

    assert unused == []
