"""`run_scenario FILE…`: play scenarios with a fake clock on a throw-away database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.scenarios import Outcome, Scenario, ScenarioRefused, play, read_scenario
from workflows.scenarios.throwaway import throwaway_databases


class Command(BaseCommand):
    """Plays each file on a fresh copy of a prepared database; the real data is never touched."""

    help = "Play scenario files (docs/scenarios.md): people act, time passes, expectations are checked."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the files and `--json`."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play all files; exit status 0 only when every expectation was met."""
        try:
            scenarios = [read_scenario(Path(name)) for name in options["files"]]
        except ScenarioRefused as refused:
            raise CommandError(str(refused)) from refused
        outcomes = self._play(scenarios)
        if options["json"]:
            self.stdout.write(
                json.dumps({"scenarios": [_as_json(s, o) for s, o in outcomes]}, ensure_ascii=False)
            )
        else:
            for scenario, outcome in outcomes:
                self._print(scenario, outcome)
        failed = sum(not outcome.passed for _, outcome in outcomes)
        if failed:
            raise CommandError(f"{failed} of {len(outcomes)} scenarios failed.")

    def _play(self, scenarios: list[Scenario]) -> list[tuple[Scenario, Outcome]]:
        outcomes = []
        with throwaway_databases() as copies:
            for scenario in scenarios:
                copies.fresh()
                outcomes.append((scenario, play(scenario)))
        return outcomes

    def _print(self, scenario: Scenario, outcome: Outcome) -> None:
        word = self.style.SUCCESS("passed") if outcome.passed else self.style.ERROR("FAILED")
        self.stdout.write(f"{word}  {scenario.path.name}: {outcome.title} ({outcome.steps} steps)")
        for failure in outcome.failures:
            self.stdout.write(f"        {failure}")


def _as_json(scenario: Scenario, outcome: Outcome) -> dict[str, Any]:
    return {
        "file": scenario.path.name,
        "title": outcome.title,
        "passed": outcome.passed,
        "steps": outcome.steps,
        "ended_at": outcome.ended_at.isoformat(),
        "failures": outcome.failures,
    }
