"""`rotate_keys`: wrap the keys of all tips anew under the current master keys, while everything runs."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tips.sealing.key_counts import VARIABLES, Held, held_keys
from tips.services.rewrap_keys import BATCH, rewrap_batch
from workflows.now import now

HOW_TO = "docs/how-to/rotate-keys.md"


class Command(BaseCommand):
    """Prints how many keys rest on which master key; exit status 1 when some cannot be opened."""

    help = (
        "Wrap the keys of all tips anew under the current master keys, in batches, beside ordinary work; "
        "may be stopped and begun again at any time. Receipts move to the current pepper when they are next "
        f"used. Before the first time read {HOW_TO}."
    )
    embedded_servers = ("postgresql",)

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the size of a batch, `--dry-run` and `--json`."""
        parser.add_argument("--batch", type=int, default=BATCH, help="tips in one transaction")
        parser.add_argument("--dry-run", action="store_true", help="count only")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate, print, and end with status 1 if a key stays closed."""
        quiet = options["json"]
        nothing: tuple[int, list[str]] = (0, [])
        done, closed = nothing if options["dry_run"] else self._rotate(max(1, options["batch"]), quiet)
        held = held_keys()
        if quiet:
            found = {"rewrapped": done, "closed": closed, "keys": [one.as_dict() for one in held]}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            self._write_lines(done, closed, held)
        if closed or any(not one.is_known for one in held):
            sys.exit(1)

    def _rotate(self, size: int, quiet: bool) -> tuple[int, list[str]]:
        after, seen, done = 0, 0, 0
        closed: list[str] = []
        while True:
            batch = rewrap_batch(after=after, now=now(), size=size)
            if batch.last is None:
                return done, closed
            after, seen, done = batch.last, seen + batch.looked_at, done + batch.rewrapped
            closed += batch.closed
            if not quiet:
                self.stderr.write(f"{seen} tips looked at, {done} keys wrapped anew")

    def _write_lines(self, done: int, closed: list[str], held: list[Held]) -> None:
        for one in held:
            self.stdout.write(f"{one.purpose:<9} {one.key}  {one.keys:>9}  {self._word(one)}")
        for number in closed:
            self.stdout.write(f"{number}: no master key of the settings opens its key")
        self.stdout.write(f"{done} keys wrapped anew.")

    def _word(self, held: Held) -> str:
        if not held.is_known:
            return f"MISSING: put it back among the earlier keys of {VARIABLES[held.purpose]}"
        if held.is_current:
            return "current"
        if not held.is_needed:
            return f"no longer needed: take it out of the earlier keys of {VARIABLES[held.purpose]}"
        if held.purpose == "pepper":
            return "needed by receipts that have not been used since"
        return "still needed"
