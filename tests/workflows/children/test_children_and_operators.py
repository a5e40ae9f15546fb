"""What operators do to a run with children: suspend it, find it standing still, mend it, carry it over."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection

from casework.models import Account
from tests.workflows.children.conftest import EACH, Begin, Inspect, children, files
from tests.workflows.engine.oracle_scopes import Many
from workflows import definitions
from workflows.background.relay import drain
from workflows.by_hand.suspension import continue_run, suspend_run
from workflows.errors import NotRunning, OnlyWithParent
from workflows.incidents.detector import watch
from workflows.incidents.requests import can_ask
from workflows.incidents.restoring import restore_waits
from workflows.migrating import batch
from workflows.models import Clock, Incident, OutboxEntry, Run, WorkItem
from workflows.selectors import open_clocks, open_items, work_for

Person = Callable[..., Account]
IN_TURN = Many(True, "shops", item="shop", result="loss", results="losses")
REASON = "等待法院裁判"


def sql(statement: str, *values: object) -> None:
    """Break rows as no command of the product would."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def mended(run: Run, moment: datetime) -> None:
    """The watch finds the run once, and a retry has the relay put it right."""
    assert [watch(moment), watch(moment)] == [1, 0]
    incident = Incident.objects.get(resolved_at=None)
    assert (incident.kind, incident.run, can_ask(incident, "skip")) == ("stalled", run, False)
    restore_waits(run, actor=None, now=moment)
    drain(moment)
    assert watch(moment) == 0


def test_children_stand_still_and_go_on_with_their_parent(
    begin: Begin, inspect: Inspect, person: Person, handler: Account, moment: datetime
) -> None:
    boss, run = person("boss"), begin("a", "b")
    drain(moment)
    suspend_run(
        run, reason=REASON, actor=boss, key="s", now=moment, ground="expert_review", stopped=["decision"]
    )

    assert {child.status for child in children(run)} == {"suspended"}
    assert not work_for(handler, moment).exists()
    assert drain(moment + timedelta(days=30)) == 0
    with pytest.raises(OnlyWithParent):
        continue_run(children(run)[0], reason=REASON, actor=boss, key="c1", now=moment)
    due = Clock.objects.filter(run__parent=run).latest("due_at").due_at

    continue_run(run, reason="裁判已生效", actor=boss, key="c2", now=moment + timedelta(days=7))
    assert work_for(handler, moment).count() == 2
    assert Clock.objects.filter(run__parent=run).latest("due_at").due_at > due
    with pytest.raises(OnlyWithParent):
        suspend_run(children(run)[0], reason=REASON, actor=boss, key="s2", now=moment)
    inspect(run, 0)
    inspect(run, 1)
    assert run.work_items.filter(element_id="decide").exists()


def test_no_child_begins_and_no_end_is_counted_while_the_parent_is_suspended(
    begin: Begin, inspect: Inspect, person: Person, moment: datetime
) -> None:
    boss, run = person("boss"), begin("a", "b", many=IN_TURN)
    drain(moment)
    inspect(run, 0, relay=False, loss=1)
    suspend_run(run, reason=REASON, actor=boss, key="s", now=moment)

    assert drain(moment) == 0
    continue_run(run, reason="恢复办理", actor=boss, key="c", now=moment)
    drain(moment)

    assert [child.status for child in children(run)] == ["ended", "running"]
    with pytest.raises(NotRunning):
        continue_run(run, reason="恢复办理", actor=boss, key="c3", now=moment)


@pytest.mark.parametrize("many", [EACH, IN_TURN], ids=["at once", "in turn"])
def test_children_that_were_forgotten_are_begun_again(begin: Begin, moment: datetime, many: Many) -> None:
    run = begin("a", "b", many=many)
    OutboxEntry.objects.update(done_at=moment)

    mended(run, moment)

    assert len(children(run)) == (2 if many is EACH else 1)


@pytest.mark.parametrize("many", [EACH, IN_TURN], ids=["at once", "in turn"])
def test_an_end_of_which_no_word_came_is_counted_again(
    begin: Begin, inspect: Inspect, moment: datetime, many: Many
) -> None:
    run = begin("a", "b", many=many)
    drain(moment)
    if many is EACH:
        inspect(run, 1, loss=2)
    inspect(run, 0, relay=False, loss=1)
    OutboxEntry.objects.update(done_at=moment)

    mended(run, moment)

    if many is IN_TURN:
        inspect(run, 1, loss=2)
    assert run.work_items.get(element_id="decide").data["losses"] == [1, 2]


def test_a_lost_wait_for_children_is_written_again_with_what_was_counted(
    begin: Begin, inspect: Inspect, moment: datetime
) -> None:
    run = begin("a", "b", "c")
    drain(moment)
    inspect(run, 0, loss=1)
    sql("DELETE FROM workflows_childgroup")

    mended(run, moment)

    assert run.child_groups.get().done_count == 1
    inspect(run, 1, loss=2)
    inspect(run, 2, loss=3)
    assert run.work_items.get(element_id="decide").data["losses"] == [1, 2, 3]
    assert Run.objects.filter(parent=run).count() == 3


def test_a_child_that_lost_its_work_is_found_and_mended_like_any_run(begin: Begin, moment: datetime) -> None:
    run = begin("a", "b")
    drain(moment)
    child = children(run)[0]
    sql("DELETE FROM workflows_workitem WHERE run_id = %s", child.pk)

    mended(child, moment)

    assert child.work_items.get().element_id == "inspect"


def test_caller_and_children_are_carried_over_to_a_new_version(
    begin: Begin, inspect: Inspect, moment: datetime
) -> None:
    run = begin(*range(21))
    OutboxEntry.objects.update(next_try_at=moment + timedelta(hours=1))
    drain(moment + timedelta(hours=1), limit=1)
    old, renamed = run.definition, {"each": "every", "inspect": "look"}
    texts = {name: _renamed(text, renamed) for name, text in files(EACH).items()}
    [new] = definitions.publish(texts, ["inspections"], now=moment)
    migration = batch.plan(old, new, renamed, reason="新表述", by=None, now=moment)

    report = batch.migrate_all(migration, actor=None, now=moment, say=lambda *_: None)
    assert (report.done, report.refused) == (21, [])
    drain(moment + timedelta(hours=1))

    assert {child.parent_element_id for child in children(run)} == {"every"}
    assert set(WorkItem.objects.filter(run__parent=run).values_list("element_id", flat=True)) == {"look"}
    for index in range(21):
        inspect(run, index, loss=index)
    run.refresh_from_db()
    assert run.work_items.get(element_id="decide").data["losses"] == list(range(21))


def _renamed(text: bytes, renamed: dict[str, str]) -> bytes:
    for here, there in renamed.items():
        text = text.replace(f'"{here}"'.encode(), f'"{there}"'.encode())
        text = text.replace(f">{here}<".encode(), f">{there}<".encode())
    return text


def test_the_page_of_the_matter_shows_the_work_and_periods_of_the_children(
    begin: Begin, moment: datetime
) -> None:
    run = begin("a", "b")
    drain(moment)

    assert open_items(run).count() == 2
    assert open_clocks(run).count() == 4
