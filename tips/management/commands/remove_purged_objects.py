"""`remove_purged_objects`: remove sealed files of purged tips whose lock in the store has ended."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tips.models import PurgedObject
from tips.purging.objects import remove_due
from workflows.now import now


class Command(BaseCommand):
    """Prints how many objects went and how many wait; the beat does the same each hour."""

    help = (
        "Remove the sealed files of purged tips from the object store, as far as their lock has ended. Nobody can "
        "open them; this frees the room. The beat does the same each hour."
    )
    embedded_servers = ("postgresql", "seaweedfs")

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--json`."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove and print."""
        removed, _locked = remove_due(now())
        waiting = PurgedObject.objects.filter(removed_at=None).count()
        if options["json"]:
            self.stdout.write(json.dumps({"removed": removed, "waiting": waiting}))
        else:
            self.stdout.write(f"{removed} objects removed, {waiting} wait for the end of their lock.")
