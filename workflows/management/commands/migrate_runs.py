"""`migrate_runs PROCESS`: carry running matters over to another version of their model, or show what it would do."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from workflows.errors import CannotMigrate
from workflows.migrating import batch
from workflows.models import Definition, RunMigration
from workflows.now import now


class Command(BaseCommand):
    """Shows first, does it with `--apply`, takes it back with `--undo`."""

    help = "Carry running matters over to another version of their model; without --apply nothing is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add process, versions, renamed elements and what to do."""
        parser.add_argument("process", nargs="?", help="id of the process, e.g. case_handling")
        parser.add_argument(
            "--from", type=int, dest="source", help="version; default: the one before the target"
        )
        parser.add_argument("--to", type=int, dest="target", help="version; default: the current one")
        parser.add_argument(
            "--rename", action="append", default=[], metavar="OLD=NEW", help="an element's new id"
        )
        parser.add_argument("--reason", default="", help="why; kept with the migration")
        parser.add_argument("--apply", action="store_true", help="do it")
        parser.add_argument("--undo", type=int, metavar="NUMBER", help="put back the runs of that migration")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Try, apply or undo; exit status 1 when a run was refused."""
        try:
            migration, report = self._undone(options) if options["undo"] else self._migrated(options)
        except CannotMigrate as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self._print(migration, report, as_json=options["json"])
        if report.refused:
            raise CommandError(_("%(count)s runs stay as they are.") % {"count": len(report.refused)})

    def _undone(self, options: dict[str, Any]) -> tuple[RunMigration, batch.Report]:
        migration = RunMigration.objects.filter(pk=options["undo"]).first()
        if migration is None:
            raise CannotMigrate(run=options["undo"], reason="there is no such migration")
        return migration, batch.undo_all(migration, actor=None, now=now(), say=self._say)

    def _migrated(self, options: dict[str, Any]) -> tuple[RunMigration, batch.Report]:
        if options["apply"] and not options["reason"].strip():
            raise CannotMigrate(run=options["process"], reason="give --reason")
        source, target = _versions(options)
        renamed = dict(_pair(text) for text in options["rename"])
        migration = batch.plan(source, target, renamed, reason=options["reason"].strip(), by=None, now=now())
        do = batch.migrate_all if options["apply"] else batch.try_all
        return migration, do(migration, actor=None, now=now(), say=self._say)

    def _say(self, number: int, of: int) -> None:
        if number % 100 == 0 or number == of:
            self.stderr.write(f"{number} / {of}")

    def _print(self, migration: RunMigration, report: batch.Report, *, as_json: bool) -> None:
        facts = {"migration": migration.pk, "done": report.done, "refused": report.refused}
        changed = [vars(difference) for difference in report.differences]
        if as_json:
            self.stdout.write(json.dumps({**facts, "differences": changed}, ensure_ascii=False))
            return
        for name, value in facts.items():
            self.stdout.write(f"{name:<10} {value}")
        for difference in report.differences:
            self.stdout.write(f"{difference.run}\n  - {difference.before}\n  + {difference.after}")


def _versions(options: dict[str, Any]) -> tuple[Definition, Definition]:
    versions = {row.version: row for row in Definition.objects.filter(process_id=options["process"] or "")}
    current = next((version for version, row in versions.items() if row.is_current), None)
    target = options["target"] or current
    earlier = [version for version in versions if target and version < target]
    source = options["source"] or max(earlier, default=None)
    if target not in versions or source not in versions:
        raise CannotMigrate(run=options["process"], reason="there are no such two versions")
    return versions[source], versions[target]


def _pair(text: str) -> tuple[str, str]:
    here, sign, there = text.partition("=")
    if not (here and sign and there):
        raise CannotMigrate(run=text, reason="write OLD=NEW")
    return here, there
