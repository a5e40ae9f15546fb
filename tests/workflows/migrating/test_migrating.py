"""Living matters under a new version of their model: tried, carried over, put back."""

import json
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casework.models import Account
from workflows import definitions
from workflows.background.relay import drain
from workflows.door.commands import claim_item, command
from workflows.migrating import batch
from workflows.models import Clock, Definition, Run, RunMigration, RunSnapshot, Timer, WorkItem

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]
SAMPLE = (Path(__file__).parent.parent / "samples" / "sample.bpmn").read_text()
RENAMED = SAMPLE.replace('"draft"', '"write"').replace(">draft<", ">write<").replace("起草", "撰写")


def publish(text: str, moment: datetime) -> Definition:
    """Make a text the current version."""
    [definition] = definitions.publish({"sample.bpmn": text.encode()}, ["sample"], now=moment)
    return definition


def migrate(*arguments: str) -> dict[str, Any]:
    """What the command prints as JSON."""
    out = StringIO()
    call_command("migrate_runs", *arguments, "--json", stdout=out, stderr=StringIO())
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_a_trial_shows_what_would_change_and_changes_nothing(
    start: Start, person: Person, moment: datetime
) -> None:
    run, handler = start(), person("handler", "case_handler")
    claim_item(run.work_items.get(), actor=handler, key="c", now=moment)
    before = (run.definition_id, bytes(Run.objects.get(pk=run.pk).state))
    publish(RENAMED, moment)

    report = migrate("sample", "--rename", "draft=write")

    [difference] = report["differences"]
    assert [wait[0] for wait in difference["before"]] == ["draft"]
    assert [wait[0] for wait in difference["after"]] == ["write"]
    assert (
        difference["before"][0][2:] == difference["after"][0][2:] and difference["after"][0][2] == "handler"
    )
    run.refresh_from_db()
    assert (run.definition_id, bytes(run.state)) == before
    assert not RunMigration.objects.exists() and not RunSnapshot.objects.exists()


def test_a_run_begun_under_the_old_version_ends_under_the_new_one(
    start: Start, person: Person, do: Do, moment: datetime
) -> None:
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    run = start()
    item = claim_item(run.work_items.get(), actor=handler, key="c", now=moment)
    due = Clock.objects.get(run=run).due_at
    new = publish(RENAMED, moment)

    assert migrate("sample", "--rename", "draft=write", "--apply", "--reason", "新表述")["done"] == 1

    run.refresh_from_db()
    item.refresh_from_db()
    assert run.definition_id == new.pk
    assert (item.element_id, item.label, item.assignee, item.due_at) == ("write", "撰写", handler, due)
    do(run, "write", handler)
    do(run, "review", reviewer, opinion="agree")
    drain(moment)
    assert run.subscriptions.exists() and Timer.objects.filter(run=run).exists()


def test_a_run_without_a_place_in_the_new_version_stays_where_it_is(start: Start, moment: datetime) -> None:
    run = start()
    publish(RENAMED, moment)

    with pytest.raises(CommandError):
        migrate("sample", "--apply", "--reason", "漏写对应关系")

    assert Run.objects.get(pk=run.pk).definition_id == run.definition_id
    assert run.work_items.get(status="open").element_id == "draft"


def test_an_element_whose_boundary_events_changed_is_no_place_for_a_token(
    start: Start, person: Person, do: Do, moment: datetime
) -> None:
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    run = start()
    do(run, "draft", handler)
    do(run, "review", reviewer, opinion="agree")
    drain(moment)
    publish(SAMPLE.replace("answer_late", "answer_overdue"), moment)

    with pytest.raises(CommandError):
        migrate("sample")
    assert migrate("sample", "--rename", "answer_late=answer_overdue")["refused"] == []


def test_a_migration_is_undone_for_runs_that_have_not_moved(
    start: Start, person: Person, do: Do, moment: datetime
) -> None:
    handler, moved, still = person("handler", "case_handler"), start(), start()
    state = bytes(Run.objects.get(pk=still.pk).state)
    publish(RENAMED, moment)
    number = migrate("sample", "--rename", "draft=write", "--apply", "--reason", "新表述")["migration"]
    do(moved, "write", handler)

    with pytest.raises(CommandError):
        migrate("--undo", str(number))

    kept, back = Run.objects.get(pk=moved.pk), Run.objects.get(pk=still.pk)
    assert kept.definition_id != moved.definition_id
    assert (back.definition_id, bytes(back.state)) == (still.definition_id, state)
    do(still, "draft", handler, key="after")


def test_a_plan_names_two_versions_and_elements_that_exist(start: Start, moment: datetime) -> None:
    start()
    with pytest.raises(CommandError):
        migrate("sample")
    publish(RENAMED, moment)
    for wrong in (["--rename", "nothing=write"], ["--rename", "draft"], ["--apply"], ["--to", "9"]):
        with pytest.raises(CommandError):
            migrate("sample", *wrong)


@pytest.mark.django_db(transaction=True)
def test_a_completion_and_a_migration_at_once_both_hold(
    start: Start, person: Person, moment: datetime
) -> None:
    handler, run = person("handler", "case_handler"), start()
    item, old = run.work_items.get(), run.definition_id
    new = publish(RENAMED, moment)
    source = Definition.objects.get(pk=old)
    migration = batch.plan(source, new, {"draft": "write"}, reason="新表述", by=None, now=moment)
    together, refused = Barrier(2), []

    def complete() -> None:
        together.wait()
        with command(item, actor=handler, key="k", now=moment) as step:
            step.complete()
        connection.close()

    def carry_over() -> None:
        together.wait()
        refused.extend(batch.migrate_all(migration, actor=None, now=moment, say=lambda *_: None).refused)
        connection.close()

    threads = [Thread(target=complete), Thread(target=carry_over)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    run.refresh_from_db()
    assert refused == [] and run.definition_id == new.pk
    assert WorkItem.objects.get(run=run, status="open").element_id == "review"
    assert WorkItem.objects.get(pk=item.pk).completed_by == handler
