"""`bench SUBJECT`: measure on a throw-away database; every timing stands beside a floor of the same run."""

import importlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflows.now import now
from workflows.scenarios.registry import preparations
from workflows.scenarios.throwaway import throwaway_databases

SUBJECTS = ("engine", "profile", "timers", "tips")


class Command(BaseCommand):
    """Runs one module of `benchmarks/`."""

    help = "Measure a part of the product; figures and their meaning: benchmarks/README.md."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the subject and `--json`."""
        parser.add_argument("subject", choices=SUBJECTS)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        subject = importlib.import_module(f"benchmarks.{options['subject']}")
        with nullcontext() if hasattr(subject, "HAS_OWN_SERVERS") else _throwaway_database():
            figures = subject.measure()
        if options["json"]:
            self.stdout.write(json.dumps(figures))
        else:
            for name, value in figures.items():
                self.stdout.write(f"{name:<48} {value}")


@contextmanager
def _throwaway_database() -> Iterator[None]:
    with throwaway_databases() as copies:
        copies.fresh()
        for preparation in preparations:
            preparation(now())
        yield
