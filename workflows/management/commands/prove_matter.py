"""`prove_matter`: a proof of all entries of one matter, to be checked without the product."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from workflows.models import JournalEntry, Run
from workflows.sealing.proof_command import ProofCommand


class Command(ProofCommand):
    """Proves every entry of a matter: of the tip, the case and the reward that share a family."""

    help = (
        "Write the proof of every entry of a matter, named by the number of its tip, case or reward. "
        "Check it with checkers/check_journal_proof.py."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the number."""
        parser.add_argument("number", metavar="NUMBER", help="e.g. the case number")
        super().add_arguments(parser)

    def entries(self, options: dict[str, Any]) -> list[JournalEntry]:
        """The entries of the families in which a run has that number. Raises: CommandError."""
        families = Run.objects.filter(business_key=options["number"]).values("family")
        found = list(JournalEntry.objects.filter(family__in=families))
        if not found:
            raise CommandError(f"No matter has the number {options['number']}.")
        return found
