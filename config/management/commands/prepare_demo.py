"""Brings a database to the state that the demo shows: migrated, models published, demo bureau loaded."""

from typing import Any

from django.core.management import BaseCommand, call_command, get_commands

STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("migrate", "Preparing the database", {"interactive": False}),
    ("publish_models", "Publishing the process models", {}),
    ("load_questionnaires", "Loading the questionnaires", {}),
    ("load_demo", "Loading the demo bureau", {}),
)


class Command(BaseCommand):
    """`manage.py prepare_demo`; doing it again changes nothing."""

    help = "Migrates, publishes the process models and loads the demo bureau; doing it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps in order; each is safe to repeat."""
        known = get_commands()
        for name, title, arguments in STEPS:
            if name in known:
                self.stdout.write(f"{title} ...")
                call_command(name, verbosity=0, **arguments)
        if "load_demo" in known and "demo_accounts" in known:
            call_command("demo_accounts", verbosity=0)
