"""`check_models`: prove the models before they are published."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext

from workflows import definitions, registry
from workflows.messages import sent_messages
from workflows.proofs import Checked, check
from workflows.proofs.known import known_from

_KINDS = {".bpmn", ".dmn"}


class Command(BaseCommand):
    """Prints each broken rule in both languages with the shortest way to it; exit code 1 when there is any."""

    help = (
        "Prove the process models and decision tables: names, structure, runs, waits, data, duties. "
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
        checked = check(sources, known_from(registry, sent_messages()))
        with translation.override("zh-hans"):
            if options["json"]:
                self._write_json(sources, checked)
            else:
                self._write_lines(sources, checked)
        if checked.findings:
            sys.exit(1)

    def _write_json(self, sources: dict[str, bytes], checked: Checked) -> None:
        shown = {
            "files": sorted(sources),
            "states": checked.states,
            "findings": [finding.as_dict(gettext) for finding in checked.findings],
        }
        self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))

    def _write_lines(self, sources: dict[str, bytes], checked: Checked) -> None:
        for finding in checked.findings:
            self.stdout.write(str(finding))
            chinese = finding.sentence.render(gettext)
            if chinese:
                self.stdout.write(f"    {chinese}")
            if finding.path:
                self.stdout.write(f"    Shortest way there (最短路径): {finding.way()}")
        states = ", ".join(f"{name} {count}" for name, count in checked.states.items())
        self.stdout.write(f"States explored (已探索状态): {states or 'none'}.")
        processes = sum(name.endswith(".bpmn") for name in sources)
        if not checked.findings:
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
