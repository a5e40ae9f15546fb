"""Child runs: begun for each item, counted when they end, taken back when nobody wants them any more."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from casework.models import Account
from tests.workflows.children.conftest import Begin, Inspect, children
from tests.workflows.engine.oracle_scopes import Many
from workflows.background.relay import drain, relay_one
from workflows.by_hand.interventions import Wish, ask_to_intervene, decide_intervention
from workflows.door.commands import deliver
from workflows.incidents.detector import watch
from workflows.models import ChildGroup, Clock, Incident, JournalEntry, OutboxEntry, Run, Timer, WorkItem
from workflows.selectors import work_for

Person = Callable[..., Account]
IN_TURN = Many(True, "shops", item="shop", result="loss", results="losses")
UNTIL = Many(False, "shops", item="shop", result="loss", results="losses", until=("verdict", "bad"))


def elements(run: Run) -> list[str]:
    """Elements with open work of the run itself."""
    return sorted(run.work_items.filter(status="open").values_list("element_id", flat=True))


def losses(run: Run) -> Any:
    """The list that came back."""
    return run.work_items.get(element_id="decide").data["losses"]


def test_each_item_has_a_run_of_its_own_with_the_number_of_the_matter(
    begin: Begin, handler: Account, moment: datetime
) -> None:
    run = begin("a", "b", "c")
    assert children(run) == []

    drain(moment)

    found = children(run)
    assert [child.work_items.get().data for child in found] == [{"fee": 3, "shop": shop} for shop in "abc"]
    facts = {(child.business_key, child.subject_id, child.family_id, child.definition_id) for child in found}
    assert facts == {(run.business_key, run.subject_id, run.family_id, run.definition_id)}
    assert work_for(handler, moment).count() == 3
    assert watch(moment) == 0


def test_results_come_back_in_the_order_of_the_items_whoever_is_first(
    begin: Begin, inspect: Inspect, moment: datetime
) -> None:
    run = begin("a", "b", "c")
    drain(moment)

    inspect(run, 2, loss=30)
    inspect(run, 0, loss=10)
    assert elements(run) == []
    assert run.child_groups.get().done_count == 2
    inspect(run, 1)

    assert losses(run) == [10, None, 30]
    assert not ChildGroup.objects.exists()
    assert {child.status for child in children(run)} == {"ended"}
    assert JournalEntry.objects.get(act="children_done").details == {"count": 3, "of": 3}


def test_more_than_fifty_begin_in_batches_of_which_none_holds_the_matter_for_long(
    begin: Begin, moment: datetime
) -> None:
    run = begin(*range(51))

    begun = []
    while relay_one(moment):
        begun.append(len(children(run)))

    assert begun == [20, 40, 51]


def test_in_turn_the_next_begins_when_one_has_ended(begin: Begin, inspect: Inspect, moment: datetime) -> None:
    run = begin("a", "b", many=IN_TURN)
    drain(moment)
    assert [child.item_index for child in children(run)] == [0]

    inspect(run, 0, loss=1)
    assert [child.item_index for child in children(run, status="running")] == [1]
    inspect(run, 1, loss=2)

    assert losses(run) == [1, 2]


def test_when_there_are_enough_the_others_are_taken_back(
    begin: Begin, inspect: Inspect, handler: Account, moment: datetime
) -> None:
    run = begin("a", "b", "c", many=UNTIL)
    drain(moment)

    inspect(run, 0, loss=1, verdict="good")
    inspect(run, 2, loss=3, verdict="bad")

    assert losses(run) == [1, 3]
    assert [child.status for child in children(run)] == ["ended", "cancelled", "ended"]
    _nothing_left_of_the_children(run)
    assert JournalEntry.objects.filter(act="run_withdrawn").count() == 1
    assert [item.element_id for item in work_for(handler, moment)] == ["decide"]


def test_a_boundary_event_takes_all_children_back(begin: Begin, inspect: Inspect, moment: datetime) -> None:
    run = begin("a", "b")
    drain(moment)
    assert Timer.objects.count() == Clock.objects.filter(ended_at=None, rule_key="decision").count() == 2

    deliver(run.pk, "stop", {}, key="stop", now=moment, agent="test")

    run.refresh_from_db()
    assert run.status == Run.Status.ENDED
    assert {child.status for child in children(run)} == {"cancelled"}
    _nothing_left_of_the_children(run)
    assert drain(moment + timedelta(days=30)) == 0


def test_a_cancelled_caller_takes_its_children_along(begin: Begin, person: Person, moment: datetime) -> None:
    run = begin("a", "b")
    drain(moment)

    by_two_people(run, Wish("cancel"), person, moment)

    assert {one.status for one in Run.objects.all()} == {"cancelled"}
    _nothing_left_of_the_children(run)


def test_children_that_were_not_begun_yet_are_never_begun(
    begin: Begin, person: Person, moment: datetime
) -> None:
    run = begin(*range(30))
    relay_one(moment)
    by_two_people(run, Wish("cancel"), person, moment)

    drain(moment)

    assert len(children(run)) == 20
    assert not WorkItem.objects.filter(status="open").exists()


def test_a_child_that_is_cancelled_by_two_people_counts_without_a_result(
    begin: Begin, inspect: Inspect, person: Person, moment: datetime
) -> None:
    run = begin("a", "b")
    drain(moment)
    by_two_people(children(run)[0], Wish("cancel"), person, moment)
    inspect(run, 1, loss=2)

    assert losses(run) == [None, 2]


def test_the_token_of_a_child_is_moved_within_its_own_process(
    begin: Begin, person: Person, moment: datetime, closed: list[str]
) -> None:
    run = begin("a")
    drain(moment)
    [child] = children(run)
    task_id = child.work_items.get().task_id

    by_two_people(child, Wish("move", task_id, "inspect", "enter"), person, moment)

    assert child.work_items.filter(element_id="inspect").count() == 2
    assert elements(child) == ["inspect"]


def test_the_wait_for_children_can_be_skipped_by_two_people(
    begin: Begin, person: Person, moment: datetime
) -> None:
    run = begin("a", "b")
    drain(moment)
    task_id = run.child_groups.get().task_id
    by_two_people(run, Wish("skip", task_id, "each", outcome={"losses": []}), person, moment)

    assert elements(run) == ["decide"]
    assert {child.status for child in children(run)} == {"cancelled"}


def test_an_end_that_is_told_twice_counts_once(begin: Begin, inspect: Inspect, moment: datetime) -> None:
    run = begin("a", "b")
    drain(moment)
    inspect(run, 0)
    OutboxEntry.objects.update(done_at=None)

    drain(moment)

    assert run.child_groups.get().done_count == 1
    assert len(children(run)) == 2


def test_the_database_refuses_a_second_run_for_an_item(begin: Begin, moment: datetime) -> None:
    run = begin("a")
    drain(moment)
    [child] = children(run)

    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(
            parent=run,
            item_index=0,
            parent_task_id=child.parent_task_id,
            definition_id=run.definition_id,
            family=run.family,
            process_id="inspection",
            business_key="S-1",
            subject_kind="sample",
            subject_id=1,
            unit_id=run.unit_id,
            state=b"",
            started_at=moment,
        )


def test_an_item_that_fails_is_an_incident_of_its_own_and_holds_up_nobody(
    begin: Begin, inspect: Inspect, moment: datetime, closed: list[str]
) -> None:
    closed.append("b")
    run = begin("a", "b", "c")
    drain(moment)

    assert [child.item_index for child in children(run)] == [0, 2]
    incident = Incident.objects.get()
    assert (incident.kind, incident.remedy, incident.run) == ("effect", "program", run)
    assert watch(moment) == 0
    inspect(run, 0, loss=1)
    inspect(run, 2, loss=3)

    closed.clear()
    drain(moment + timedelta(minutes=1))
    inspect(run, 1, loss=2)

    assert losses(run) == [1, 2, 3]
    assert not Incident.objects.filter(resolved_at=None).exists()


def test_nothing_to_do_needs_no_children(begin: Begin, moment: datetime) -> None:
    run = begin()

    assert losses(run) == []
    assert not ChildGroup.objects.exists()


def by_two_people(run: Run, wish: Wish, person: Person, moment: datetime) -> None:
    """Ask and approve."""
    one, two = person("one"), person("two")
    asked = ask_to_intervene(run, wish, reason="经局领导研究决定不再办理", actor=one, key="ask", now=moment)
    decide_intervention(asked, approve=True, actor=two, key="decide", now=moment)


def _nothing_left_of_the_children(run: Run) -> None:
    assert not WorkItem.objects.filter(run__parent=run, status="open").exists()
    assert not Timer.objects.filter(run__parent=run).exists()
    assert not Clock.objects.filter(run__parent=run, ended_at=None).exists()
    assert not ChildGroup.objects.exists()
