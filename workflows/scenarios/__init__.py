"""Playing scenarios: people act, time passes, expectations are checked. Format: `docs/scenarios.md`."""

from workflows.scenarios.model import Scenario, ScenarioRefused, read_scenario
from workflows.scenarios.player import Failure, Outcome, Player, play
from workflows.scenarios.registry import act, expectation, performer, preparation

__all__ = [
    "Failure",
    "Outcome",
    "Player",
    "Scenario",
    "ScenarioRefused",
    "act",
    "expectation",
    "performer",
    "play",
    "preparation",
    "read_scenario",
]
