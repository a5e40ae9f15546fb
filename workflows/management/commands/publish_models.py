"""`publish_models`: make the models of the installation the current ones."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows import definitions
from workflows.engine import ModelRefused
from workflows.now import now


class Command(BaseCommand):
    """Compiles every process and publishes it when it changed; running matters keep their version."""

    help = "Publish the process models. Running matters keep the version under which they began."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--json`."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish and print process, version and digest."""
        files = definitions.sources()
        process_ids = [name.removesuffix(".bpmn") for name in files if name.endswith(".bpmn")]
        try:
            rows = definitions.publish(files, process_ids, now=now())
        except ModelRefused as refused:
            raise CommandError(str(refused)) from refused
        published: list[dict[str, Any]] = [
            {"process": r.process_id, "version": r.version, "digest": r.digest} for r in rows
        ]
        if options["json"]:
            self.stdout.write(json.dumps({"published": published}))
        elif options["verbosity"]:
            for row in published:
                self.stdout.write(f"{row['process']:<20} v{row['version']}  {row['digest'][:12]}")
