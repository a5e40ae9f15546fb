"""Inspections of many shops: a run for each, called by one that waits for all of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from casework.models import Account, Bureau
from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.oracle_scopes import Many
from tests.workflows.engine.random_models import instances_xml
from workflows import definitions, registry
from workflows.background.relay import drain
from workflows.door.commands import command, new_matter, start_run
from workflows.models import Run, WorkItem

EACH = Many(False, "shops", item="shop", result="loss", results="losses")
Begin = Callable[..., Run]
Inspect = Callable[..., None]
refused: list[str] = []


@registry.compute("sample.enter")
def enter(call: registry.OperationCall) -> dict[str, Any]:
    """Fails at the shops that a test names."""
    if call.data.get("shop") in refused:
        raise ValueError("no way in")
    return {}


@pytest.fixture
def closed() -> list[str]:
    """Shops at which a child cannot begin."""
    refused.clear()
    return refused


def files(many: Many) -> dict[str, bytes]:
    """Prepare, inspect each shop, decide; a message stops the inspections. Each counts a legal period."""
    caller = Drawing("inspections")
    caller.line(caller.start(), caller.person("prepare"))
    caller.line(
        "prepare", caller.add("callActivity", "each", instances_xml(many), calledElement="inspection")
    )
    caller.line("each", caller.person("decide"), caller.end())
    caller.boundary("stopped", "each", message="stop")
    caller.line("stopped", caller.end("stopped_end"))
    called = Drawing("inspection")
    called.line(called.start("begin"), called.add("serviceTask", "enter", fg_operation="sample.enter"))
    called.line("enter", called.person("inspect", fg_clock="decision"), called.end("inspected"))
    called.boundary("late", "inspect", interrupting=False)
    called.line("late", called.end("told"))
    return {"inspections.bpmn": caller.xml(), "inspection.bpmn": called.xml()}


def publish(many: Many, moment: datetime, process: str = "inspections") -> None:
    """Make the drawing the current version."""
    definitions.live.cache_clear()
    definitions.publish(files(many), [process], now=moment)


@pytest.fixture
def handler(person: Callable[..., Account]) -> Account:
    """Somebody who does all the work."""
    return person("handler", "case_handler")


@pytest.fixture
def begin(bureau: Bureau, handler: Account, moment: datetime, sample_periods: None) -> Begin:
    """Prepare the inspections of some shops; the relay has not begun any of them yet."""

    def started(*shops: Any, many: Many = EACH, number: int = 1) -> Run:
        publish(many, moment)
        with new_matter(actor=None, key=f"start{number}", now=moment, agent="test") as act:
            run = start_run(
                act,
                "inspections",
                subject=("sample", number),
                business_key="S-1",
                unit_id=bureau.pk,
                data={"fee": 3},
            )
        with command(run.work_items.get(), actor=handler, key=f"prepare{number}", now=moment) as step:
            step.complete(shops=list(shops))
        return run

    return started


@pytest.fixture
def inspect(handler: Account, moment: datetime) -> Inspect:
    """Complete the inspection of a shop and let the relay tell the caller."""

    def complete(run: Run, index: int, relay: bool = True, **outcome: Any) -> None:
        item = WorkItem.objects.get(run__parent=run, run__item_index=index, status="open")
        with command(item, actor=handler, key=str(item.pk), now=moment) as step:
            step.complete(**outcome)
        if relay:
            drain(moment)

    return complete


def children(run: Run, **wanted: Any) -> list[Run]:
    """Child runs in the order of the items."""
    return list(Run.objects.filter(parent=run, **wanted).order_by("item_index"))
