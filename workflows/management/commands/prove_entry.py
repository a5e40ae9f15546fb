"""`prove_entry`: a proof of one entry of the journal, to be checked without the product."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from workflows.models import JournalEntry
from workflows.sealing.proof_command import ProofCommand


class Command(ProofCommand):
    """Proves one entry."""

    help = "Write the proof that an entry is in the journal. Check it with checkers/check_journal_proof.py."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the entry."""
        parser.add_argument("entry", type=int, metavar="ID")
        super().add_arguments(parser)

    def entries(self, options: dict[str, Any]) -> list[JournalEntry]:
        """The entry of that id. Raises: CommandError."""
        found = list(JournalEntry.objects.filter(pk=options["entry"]))
        if not found:
            raise CommandError(f"The journal has no entry {options['entry']}.")
        return found
