"""`chaos`: matters go through the real processes while these are killed. Figures and limits: `docs/faults.md`."""

import json
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from faults.campaign import Plan, run
from faults.driving import Pace
from faults.surroundings import throwaway_surroundings


class Command(BaseCommand):
    """Works on a throw-away database, broker database and bucket; the real data is never touched."""

    help = "Carry matters from tip to paid reward while web servers and worker are killed; then check everything."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add size, pace and output."""
        parser.add_argument("--matters", type=int, default=500)
        parser.add_argument("--kills", type=int, default=200, help="kills that must hit an open step")
        parser.add_argument("--seed", type=int, default=None, help="default: a new one, which is printed")
        parser.add_argument(
            "--every",
            type=float,
            default=2.0,
            help="mean seconds between a process's return and the next kill",
        )
        parser.add_argument("--threads", type=int, default=6, help="people who work at once")
        parser.add_argument("--in-hand", type=int, default=6, help="matters that one of them has in hand")
        parser.add_argument("--http-share", type=float, default=1.0, help="share of acts over HTTP")
        parser.add_argument(
            "--page-share", type=float, default=0.1, help="share for which the page is opened too"
        )
        parser.add_argument("--minutes", type=float, default=60, help="give up after so long")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it; exit status 1 when something is wrong afterwards."""
        plan = _plan(options)
        with throwaway_surroundings() as around:
            self.stderr.write(f"seed {plan.seed}; logs while it runs: {around.folder / 'logs'}")
            figures, wrong = run(plan, around, self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps({**figures, "wrong": wrong}, ensure_ascii=False))
        else:
            for name, value in figures.items():
                self.stdout.write(f"{name:<26} {value}")
        if wrong:
            raise CommandError("\n".join(wrong))


def _plan(options: dict[str, Any]) -> Plan:
    seed = options["seed"] if options["seed"] is not None else secrets.randbelow(10**6)
    pace = Pace(options["threads"], options["in_hand"], options["http_share"], options["page_share"])
    return Plan(options["matters"], options["kills"], seed, pace, options["minutes"], options["every"])
