"""What many instances cost: the caller stays as small as with few, the work is linear; a limit is an incident."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from casework.models import Account
from tests.workflows.children.conftest import Begin, children
from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.oracle_scopes import Many
from tests.workflows.engine.random_models import instances_xml
from workflows import definitions
from workflows.background.relay import drain, relay_one
from workflows.door.commands import command, new_matter, start_run
from workflows.engine import LimitReached
from workflows.incidents.detector import watch
from workflows.models import Incident, Run, WorkItem

ROOM = 1.1


@dataclass
class Cost:
    """Statements sent and bytes of their texts and values."""

    statements: int = 0
    sent: int = 0

    def note(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        self.sent += len(sql) + len(str(params))
        return execute(sql, params, many, context)


@contextmanager
def counted() -> Iterator[Cost]:
    cost = Cost()
    with connection.execute_wrapper(cost.note):
        yield cost


def whole(begin: Begin, handler: Account, moment: datetime, count: int) -> tuple[Cost, set[int]]:
    """Begin, do and count so many children; the sizes that the caller's state had meanwhile."""
    sizes = set()
    with counted() as cost:
        run = begin(many=Many(False, count, item="number", result="loss"), number=count)
        while relay_one(moment):
            continue
        assert len(children(run)) == count
        for item in WorkItem.objects.filter(run__parent=run).select_related("run"):
            sizes.add(len(bytes(Run.objects.values_list("state", flat=True).get(pk=run.pk))))
            with command(item, actor=handler, key=str(item.pk), now=moment) as step:
                step.complete(loss=1)
            drain(moment)
    run.refresh_from_db()
    assert run.work_items.filter(element_id="decide").exists()
    return cost, sizes


@pytest.mark.slow
def test_five_hundred_children_cost_ten_times_what_fifty_cost_and_leave_the_caller_small(
    begin: Begin, handler: Account, moment: datetime
) -> None:
    few, few_sizes = whole(begin, handler, moment, 50)
    many, many_sizes = whole(begin, handler, moment, 500)

    assert len(few_sizes) == len(many_sizes) == 1, "the caller's state stays as it is while children work"
    assert few_sizes == many_sizes
    assert many.statements <= 10 * few.statements * ROOM
    assert many.sent <= 10 * few.sent * ROOM


def asked_in_one_run(moment: datetime) -> None:
    """A task for each of a list, inside the run itself."""
    drawing = Drawing("reviews")
    many = Many(False, "reviewers", item="reviewer")
    drawing.line(drawing.start(), drawing.person("name"), drawing.person("review", inner=instances_xml(many)))
    drawing.line("review", drawing.end())
    definitions.live.cache_clear()
    definitions.publish({"reviews.bpmn": drawing.xml()}, ["reviews"], now=moment)


def test_fifty_one_instances_in_one_run_are_an_incident_with_a_remedy_and_nothing_is_half_done(
    handler: Account, moment: datetime, sample_periods: None
) -> None:
    asked_in_one_run(moment)
    with new_matter(actor=None, key="start", now=moment, agent="test") as act:
        run = start_run(
            act, "reviews", subject=("sample", 1), business_key="R-1", unit_id=handler.bureau_id, data={}
        )
    item, before = run.work_items.get(), bytes(run.state)

    for _ in range(2):
        with (
            pytest.raises(LimitReached, match="draw the activity as a called process"),
            command(item, actor=handler, key="k", now=moment) as step,
        ):
            step.complete(reviewers=list(range(51)))

    incident = Incident.objects.get()
    assert (incident.kind, incident.remedy, incident.attempt_count) == ("command", "limit", 2)
    assert (incident.run, incident.element_id) == (run, "name")
    assert "(review)" in incident.error
    run.refresh_from_db()
    assert bytes(run.state) == before
    assert watch(moment) == 0
    with command(item, actor=handler, key="k", now=moment) as step:
        step.complete(reviewers=list(range(50)))
    assert run.work_items.filter(element_id="review", status="open").count() == 50
    watch(moment)
    assert Incident.objects.get().resolution == "succeeded"


def test_a_matter_that_cannot_begin_is_an_incident_until_it_has_begun(
    handler: Account, moment: datetime, sample_periods: None
) -> None:
    drawing = Drawing("reviews")
    many = Many(False, "reviewers", item="reviewer")
    drawing.line(drawing.start(), drawing.person("review", inner=instances_xml(many)), drawing.end())
    definitions.live.cache_clear()
    definitions.publish({"reviews.bpmn": drawing.xml()}, ["reviews"], now=moment)

    def begin(count: int) -> Run:
        with new_matter(actor=None, key="filed", now=moment, agent="test") as act:
            return start_run(
                act,
                "reviews",
                subject=("sample", 1),
                business_key="R-1",
                unit_id=handler.bureau_id,
                data={"reviewers": list(range(count))},
            )

    for _ in range(2):
        with pytest.raises(LimitReached):
            begin(51)

    incident = Incident.objects.get()
    assert (incident.kind, incident.remedy, incident.attempt_count) == ("start", "limit", 2)
    assert (incident.process_id, incident.operation, incident.run) == ("reviews", "test", None)
    watch(moment)
    assert Incident.objects.get().resolved_at is None
    begin(3)
    watch(moment)
    assert Incident.objects.get().resolution == "succeeded"
