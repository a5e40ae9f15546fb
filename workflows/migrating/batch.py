"""Many runs, each in a transaction of its own: a killed process leaves each run on one side or the other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from workflows.errors import CannotMigrate
from workflows.migrating.one_run import Difference, migrate_run, trial, undo_run
from workflows.models import Definition, Run, RunMigration, RunSnapshot

Say = Callable[[int, int], None]


@dataclass
class Report:
    """How many were carried over, what would be seen of it, and the sentence of each refusal."""

    done: int = 0
    differences: list[Difference] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def plan(
    source: Definition, target: Definition, renamed: Mapping[str, str], *, reason: str, by: Any, now: datetime
) -> RunMigration:
    """A migration that is not stored yet. Raises: CannotMigrate when the versions or names do not fit."""
    if source.process_id != target.process_id or source.pk == target.pk:
        raise CannotMigrate(run=source.process_id, reason="choose two versions of the same process")
    for here, there in renamed.items():
        if here not in source.elements or there not in target.elements:
            raise CannotMigrate(run=f"{here}={there}", reason="one of the two elements does not exist")
    return RunMigration(
        source=source, target=target, renamed=dict(renamed), reason=reason, started_by=by, started_at=now
    )


def runs_of(migration: RunMigration) -> QuerySet[Run]:
    """Running matters of the old version, the oldest first."""
    running = Run.objects.filter(definition_id=migration.source_id, status=Run.Status.RUNNING)
    return running.order_by("started_at", "id")


def try_all(
    migration: RunMigration, *, actor: Any, now: datetime, say: Say, runs: Iterable[Run] | None = None
) -> Report:
    """What carrying them over would do, all or those given; nothing is left behind, not even the plan."""
    with transaction.atomic():
        migration.save()
        found = runs_of(migration) if runs is None else runs
        report = _each(found, lambda run: trial(run, migration, actor=actor, now=now), say)
        transaction.set_rollback(True)
    migration.pk = None
    return report


def migrate_all(migration: RunMigration, *, actor: Any, now: datetime, say: Say) -> Report:
    """Carry every run over that has a place in the new version; the others go on as they are."""
    migration.save()

    def one(run: Run) -> Difference:
        with transaction.atomic(durable=True):
            return migrate_run(run, migration, actor=actor, now=now)

    return _each(runs_of(migration), one, say)


def undo_all(migration: RunMigration, *, actor: Any, now: datetime, say: Say) -> Report:
    """Put back every run that has not moved since."""
    report, snapshots = (
        Report(),
        migration.snapshots.filter(undone_at=None).select_related("run", "migration"),
    )
    for number, snapshot in enumerate(found := list(snapshots), start=1):
        try:
            _undo(snapshot, actor, now)
            report.done += 1
        except CannotMigrate as refusal:
            report.refused.append(str(refusal))
        say(number, len(found))
    return report


def _undo(snapshot: RunSnapshot, actor: Any, now: datetime) -> None:
    with transaction.atomic(durable=True):
        undo_run(snapshot, actor=actor, now=now)


def _each(runs: Iterable[Run], one: Callable[[Run], Difference], say: Say) -> Report:
    report, found = Report(), list(runs)
    for number, run in enumerate(found, start=1):
        try:
            difference = one(run)
            report.done += 1
            if not difference.is_plain:
                report.differences.append(difference)
        except CannotMigrate as refusal:
            report.refused.append(str(refusal))
        say(number, len(found))
    return report
