"""One run: its state, and the rows that say what it waits for, under the names of the new version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from workflows import definitions, engine
from workflows.door.stepping import RunHost
from workflows.door.transaction import Act, lock_family
from workflows.errors import CannotMigrate
from workflows.models import ChildGroup, Run, RunMigration, RunSnapshot, Subscription, Timer, WorkItem

Waiting = tuple[str, str, str, str]


@dataclass(frozen=True)
class Difference:
    """What a run waited for before and afterwards: element, lane, assignee, due moment of each wait."""

    run: str
    before: tuple[Waiting, ...]
    after: tuple[Waiting, ...]

    @property
    def is_plain(self) -> bool:
        """Whether nobody would notice anything."""
        return self.before == self.after


def migrate_run(run: Run, migration: RunMigration, *, actor: Any, now: datetime) -> Difference:
    """Carry one run over within a transaction that is already open. Raises: CannotMigrate."""
    act = Act(family=lock_family(run.family_id), actor=actor, now=now, agent="" if actor else "migration")
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if locked.definition_id != migration.source_id or locked.status != Run.Status.RUNNING:
        raise CannotMigrate(run=locked.business_key, reason="the run has moved to another state or version")
    before, state = waiting(locked), bytes(locked.state)
    old, new = definitions.live(migration.source_id), definitions.live(migration.target_id)
    host = RunHost(act, locked, new.elements)
    try:
        step = engine.migrate(old.spec, new.spec, state, renamed=migration.renamed, host=host)
    except engine.EngineError as error:
        raise CannotMigrate(run=locked.business_key, reason=str(error)) from error
    _set_version(act, locked, migration.target_id, step.state)
    _rename(locked, new.elements, migration.renamed)
    RunSnapshot.objects.create(
        migration=migration, run=locked, state=state, revision=locked.revision, taken_at=now
    )
    act.record("run_migrated", run=locked, migration=migration.pk, version=migration.target.version)
    act.flush()
    return Difference(locked.business_key, before, waiting(locked))


def undo_run(snapshot: RunSnapshot, *, actor: Any, now: datetime) -> None:
    """Put a run back as it was, unless it has moved since. Raises: CannotMigrate."""
    migration = snapshot.migration
    act = Act(family=lock_family(snapshot.run.family_id), actor=actor, now=now)
    locked = Run.objects.select_for_update().get(pk=snapshot.run_id)
    if locked.revision != snapshot.revision or locked.definition_id != migration.target_id:
        raise CannotMigrate(run=locked.business_key, reason="the run has moved since")
    _set_version(act, locked, migration.source_id, bytes(snapshot.state))
    back = {there: here for here, there in migration.renamed.items()}
    _rename(locked, definitions.live(migration.source_id).elements, back)
    act.record("run_migration_undone", run=locked, migration=migration.pk)
    act.flush()
    RunSnapshot.objects.filter(pk=snapshot.pk).update(undone_at=now)


def waiting(run: Run) -> tuple[Waiting, ...]:
    """What a run waits for, as people see it."""
    items = WorkItem.objects.filter(run=run, status=WorkItem.Status.OPEN).select_related("assignee")
    found = [(item.element_id, item.lane, str(item.assignee or ""), _moment(item.due_at)) for item in items]
    found += [(timer.element_id, "", "", _moment(timer.due_at)) for timer in Timer.objects.filter(run=run)]
    for model in (Subscription, ChildGroup):
        found += [(row.element_id, "", "", "") for row in model.objects.filter(run=run)]
    return tuple(sorted(found))


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _set_version(act: Act, run: Run, definition_id: str, state: bytes) -> None:
    act.change.alter(run, state=state, revision=run.revision + 1)
    act.change.write()
    Run.objects.filter(pk=run.pk).update(definition_id=definition_id)
    run.definition_id = definition_id


def _rename(run: Run, elements: Mapping[str, Mapping[str, Any]], renamed: Mapping[str, str]) -> None:
    """Let open work carry what the version says of its element; who has taken it and until when stays."""
    for item in WorkItem.objects.filter(run=run, status=WorkItem.Status.OPEN):
        element = elements[renamed.get(item.element_id, item.element_id)]
        WorkItem.objects.filter(pk=item.pk).update(
            element_id=element["element_id"],
            label=element["label"],
            lane=element["lane"],
            form=element["form"],
            duty=element["duty"] or "",
            excludes=list(element["excludes"]),
        )
    for here, there in renamed.items():
        for model in (Timer, Subscription, ChildGroup):
            model.objects.filter(run=run, element_id=here).update(element_id=there)
        run.outbox.filter(element_id=here, done_at=None).update(element_id=there)
    for group in ChildGroup.objects.filter(run=run).defer("items", "data"):
        # Children that are still to begin are runs of what the version calls there.
        ChildGroup.objects.filter(pk=group.pk).update(process_id=elements[group.element_id]["called"])
        Run.objects.filter(parent=run, parent_task_id=group.task_id).update(
            parent_element_id=group.element_id
        )


def trial(run: Run, migration: RunMigration, *, actor: Any, now: datetime) -> Difference:
    """Carry a run over and take it back: what would be different. Raises: CannotMigrate."""
    with transaction.atomic():
        difference = migrate_run(run, migration, actor=actor, now=now)
        transaction.set_rollback(True)
    return difference
