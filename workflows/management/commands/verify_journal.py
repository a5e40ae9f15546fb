"""`verify_journal`: compute every seal of the journal again and name what does not fit."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.now import now
from workflows.sealing.copies import NoHead, compare, head_files
from workflows.sealing.findings import Checked
from workflows.sealing.verifying import verify

SHOWN = 50


class Command(BaseCommand):
    """Prints one line for each thing that is wrong; exit status 1 when there is any."""

    help = (
        "Check the journal: every entry against its batch, the chain of batches, the signed heads of days. "
        "Days are those of sealing, in Shanghai. With --heads, also against copies kept elsewhere."
    )
    embedded_servers = ("postgresql",)

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the days, the copies and `--json`."""
        parser.add_argument("--from", dest="first", type=date.fromisoformat, default=date.min, metavar="DAY")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, default=date.max, metavar="DAY")
        parser.add_argument(
            "--heads",
            nargs="+",
            type=Path,
            default=[],
            metavar="PATH",
            help="published heads, or folders of them",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, and end with status 1 if anything is wrong."""
        checked = verify(now=now(), first=options["first"], last=options["last"])
        try:
            checked.findings += compare(head_files(options["heads"]))
        except NoHead as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(checked.as_dict(), ensure_ascii=False, indent=2))
        else:
            self._write_lines(checked)
        if checked.findings:
            sys.exit(1)

    def _write_lines(self, checked: Checked) -> None:
        for finding in checked.findings[:SHOWN]:
            self.stdout.write(str(finding))
        if len(checked.findings) > SHOWN:
            self.stdout.write(f"... and {len(checked.findings) - SHOWN} more; --json lists all")
        if checked.first_entry is not None:
            self.stdout.write(f"The first entry that is wrong: {checked.first_entry}")
        self.stdout.write(
            f"{checked.entries} entries in {checked.batches} batches under {checked.heads} heads checked, "
            f"{checked.unsealed} wait to be sealed: "
            + (f"wrong things: {len(checked.findings)}." if checked.findings else "nothing to object to.")
        )
