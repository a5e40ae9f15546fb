"""`load_demo`: the demo bureau with its people, its register of institutions and matters in every stage."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.models import Bureau
from config.demo_bureau.institutions import make_institutions
from config.demo_bureau.matters import load_matters, receipt_codes
from config.demo_bureau.people import make_people
from workflows.now import now
from workflows.scenarios import Failure, ScenarioRefused


class Command(BaseCommand):
    """Makes people who can sign in, and plays the matters of `config/demo_bureau/matters`."""

    help = "Load the demo bureau: people, institutions and matters in every stage. Again: changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--json`."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing and print the receipt codes of the tips."""
        make_people(can_sign_in=True)
        make_institutions(Bureau.objects.get(level=Bureau.Level.COUNTY))
        is_shown = options["verbosity"] > 0 and not options["json"] and self.stdout.isatty()
        try:
            for done, total in load_matters(now()):
                if is_shown:
                    self.stdout.write(f"\r  {done}/{total} steps", ending="")
        except (Failure, ScenarioRefused) as failure:
            raise CommandError(f"The demo's matters could not be played: {failure}") from failure
        if is_shown:
            self.stdout.write("\r", ending="")
        self._print(options)

    def _print(self, options: dict[str, Any]) -> None:
        codes = receipt_codes()
        if options["json"]:
            rows = [{"tip": number, "code": code, "title": title} for number, code, title in codes]
            self.stdout.write(json.dumps({"receipt_codes": rows}, ensure_ascii=False))
        elif options["verbosity"]:
            self.stdout.write("Receipt codes of the demo's tips, for the page where tipsters come back:")
            for number, code, title in codes:
                self.stdout.write(f"  {number}  {code}  {title}")
