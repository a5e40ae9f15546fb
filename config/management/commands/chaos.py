"""`chaos`: matters go through the real processes while these are killed. Figures and limits: `docs/faults.md`."""

import json
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from faults.campaign import Plan, run
from faults.driving import Pace
from faults.killing import PARTS
from faults.surroundings import throwaway_surroundings

MATTERS, KILLS = 500, 200


class Command(BaseCommand):
    """Works on a database server of its own, a throw-away broker database and bucket; real data is never touched."""

    help = "Carry matters from tip to paid reward while processes and PostgreSQL are killed; then check everything."
    embedded_servers = ("valkey", "seaweedfs")

    def add_arguments(self, parser: CommandParser) -> None:
        """Add size, pace and output."""
        parser.add_argument("--minutes", type=float, help="begin matters and kill for so long, then finish")
        parser.add_argument("--matters", type=int, help=f"without --minutes; default {MATTERS}")
        parser.add_argument("--kills", type=int, help=f"that hit an open step; without --minutes {KILLS}")
        parser.add_argument("--parts", default=",".join(PARTS), help=f"what is killed, of {','.join(PARTS)}")
        parser.add_argument("--seed", type=int, default=None, help="default: a new one, which is printed")
        parser.add_argument(
            "--every",
            type=float,
            default=2.0,
            help="mean seconds between a return and the next kill; postgresql: five times that, beat: fifteen",
        )
        parser.add_argument("--threads", type=int, default=6, help="people who work at once")
        parser.add_argument("--in-hand", type=int, default=6, help="matters that one of them has in hand")
        parser.add_argument("--http-share", type=float, default=1.0, help="share of acts over HTTP")
        parser.add_argument(
            "--page-share", type=float, default=0.1, help="share for which the page is opened too"
        )
        parser.add_argument(
            "--give-up", type=float, default=60, help="minutes after which the run is a failure"
        )
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
            self._print(figures)
        if wrong:
            raise CommandError("\n".join(wrong))

    def _print(self, figures: dict[str, Any]) -> None:
        for name, value in figures.items():
            shown = "" if name == "kills_by_part" else value
            self.stdout.write(f"{name:<27} {shown}".rstrip())
            for part, counts in value.items() if name == "kills_by_part" else ():
                words = ", ".join(f"{count.replace('_', ' ')} {number}" for count, number in counts.items())
                self.stdout.write(f"  {part:<25} {words}")


def _plan(options: dict[str, Any]) -> Plan:
    seed = options["seed"] if options["seed"] is not None else secrets.randbelow(10**6)
    pace = Pace(options["threads"], options["in_hand"], options["http_share"], options["page_share"])
    minutes = options["minutes"] or 0.0
    if minutes and options["matters"] is not None:
        raise CommandError("Give --minutes or --matters, not both.")
    kills = options["kills"] if options["kills"] is not None else 0 if minutes else KILLS
    return Plan(
        seed,
        pace,
        matters=MATTERS if options["matters"] is None else options["matters"],
        kills=kills,
        minutes=minutes,
        parts=_parts(options["parts"]),
        give_up=options["give_up"],
        every=options["every"],
    )


def _parts(words: str) -> tuple[str, ...]:
    wanted = tuple(part for part in PARTS if part in words.split(","))
    if unknown := set(words.split(",")) - set(PARTS):
        raise CommandError(f"There is no part {', '.join(sorted(unknown))}. Parts are: {', '.join(PARTS)}.")
    return wanted
