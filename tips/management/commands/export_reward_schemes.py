"""Write the approved reward schemes out, as YAML or CSV."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tips.schemes.exchange import to_csv, to_yaml
from tips.schemes.in_force import stored_schemes


class Command(BaseCommand):
    """Prints what `import_reward_schemes` reads."""

    help = "Print the approved reward schemes as YAML or CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which schemes, and how."""
        parser.add_argument("keys", nargs="*", metavar="KEY", help="short names; all without any")
        parser.add_argument("--csv", action="store_true", help="one line for each band")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print."""
        stored = stored_schemes()
        if unknown := set(options["keys"]) - set(stored):
            raise CommandError(f"There is no scheme {', '.join(sorted(unknown))}.")
        wanted = [scheme for key, scheme in stored.items() if not options["keys"] or key in options["keys"]]
        self.stdout.write(to_csv(wanted) if options["csv"] else to_yaml(wanted))
