"""`check_models`: prove the models before they are published."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflows import definitions, registry
from workflows.proofs import Finding, check_models
from workflows.proofs.known import known_from

_KINDS = {".bpmn", ".dmn"}


class Command(BaseCommand):
    """Prints one line for each broken rule; exit code 1 when there is any."""

    help = (
        "Prove the process models and decision tables: names, structure, waits, data, duties. "
        "Files given as PATH take the place of the installation's files of the same name."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the paths and `--json`."""
        parser.add_argument(
            "paths", nargs="*", metavar="PATH", type=Path, help="model files, or folders of them"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the installation's models with the given files in their place."""
        sources = definitions.sources() | _given(options["paths"])
        found = check_models(sources, known_from(registry))
        if options["json"]:
            shown = {"files": sorted(sources), "findings": [finding.as_dict() for finding in found]}
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
        else:
            self._write_lines(sources, found)
        if found:
            sys.exit(1)

    def _write_lines(self, sources: dict[str, bytes], found: list[Finding]) -> None:
        for finding in found:
            self.stdout.write(str(finding))
        processes = sum(name.endswith(".bpmn") for name in sources)
        if not found:
            tables = len(sources) - processes
            self.stdout.write(f"{processes} processes and {tables} decision tables: nothing to object to.")


def _given(paths: list[Path]) -> dict[str, bytes]:
    """Model files by name. Raises: CommandError when a path holds none."""
    files: dict[str, bytes] = {}
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        models = [file for file in inside if file.suffix in _KINDS and file.is_file()]
        if not models:
            raise CommandError(f"{path}: no .bpmn or .dmn file")
        files.update({file.name: file.read_bytes() for file in models})
    return files
