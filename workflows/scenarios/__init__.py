"""Playing scenarios: people act, time passes, expectations are checked. Format: `docs/scenarios.md`."""

from workflows.scenarios.comparing import Failure, compare
from workflows.scenarios.files import ScenarioRefused, beside
from workflows.scenarios.model import Scenario, read_scenario
from workflows.scenarios.player import Outcome, Player, play
from workflows.scenarios.registry import act, expectation, performer, preparation

__all__ = [
    "Failure",
    "Outcome",
    "Player",
    "Scenario",
    "ScenarioRefused",
    "act",
    "beside",
    "compare",
    "expectation",
    "performer",
    "play",
    "preparation",
    "read_scenario",
]
