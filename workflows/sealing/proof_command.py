"""What the commands that write proofs share."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows.models import JournalEntry
from workflows.sealing.proofs import NotSealed, prove


class ProofCommand(BaseCommand):
    """Writes one proof as JSON, to a file or to standard output."""

    embedded_servers = ("postgresql",)

    def add_arguments(self, parser: CommandParser) -> None:
        """Add where to write; call it from the subclass."""
        parser.add_argument("--out", type=Path, metavar="FILE", help="write to this file")

    def entries(self, options: dict[str, Any]) -> Iterable[JournalEntry]:
        """The entries to prove. Raises: CommandError when there are none."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the proof."""
        try:
            proof = prove(self.entries(options))
        except NotSealed as waiting:
            raise CommandError(
                f"Entry {waiting.entry_id} is not sealed yet. The sealer comes every few seconds; if it does "
                "not, look whether the worker and the beat run."
            ) from waiting
        words = json.dumps(proof, ensure_ascii=False, indent=1)
        if options["out"] is None:
            self.stdout.write(words)
            return
        options["out"].write_text(words + "\n", encoding="utf-8")
        self.stdout.write(f"{len(proof['entries'])} entries, proof written to {options['out']}")
