"""`demo_accounts`: who may sign in to the demo, and as what."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from casework.models import Account
from config.demo_bureau.people import PASSWORD
from workflows.registry import role_label


class Command(BaseCommand):
    """Prints the demo's accounts; the second factor's current code is shown on the sign-in page."""

    help = "List the demo accounts with their roles."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--json`."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print user name, name and roles."""
        accounts = Account.objects.filter(is_demo=True).prefetch_related("lane_memberships").order_by("id")
        if not accounts:
            raise CommandError("There are no demo accounts; load_demo makes them.")
        with translation.override("zh-hans"):
            rows = [
                {
                    "username": account.username,
                    "name": account.display_name,
                    "roles": [str(role_label(m.lane)) for m in account.lane_memberships.all()],
                }
                for account in accounts
            ]
        if options["json"]:
            self.stdout.write(json.dumps({"password": PASSWORD, "accounts": rows}, ensure_ascii=False))
            return
        self.stdout.write(
            f"Demo accounts (password of all: {PASSWORD}; the page shows the second factor's code):"
        )
        for row in rows:
            self.stdout.write(f"  {row['username']:<10} {row['name']}  {'、'.join(row['roles'])}")
