"""From what the engine answers to rows: work items, clocks, timers, subscriptions, effects."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value

from workflows import clocks, definitions, engine, registry
from workflows.models import Message, OutboxEntry, Run, Subscription, Timer, WorkItem
from workflows.transaction import Act


@dataclass
class RunHost:
    """What the run may ask for during a step: compute operations and due moments."""

    act: Act
    run: Run
    elements: Mapping[str, Mapping[str, Any]]

    def compute(self, operation: str, element_id: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Call the registered operation inside this transaction."""
        call = registry.OperationCall(self.act, self.run, element_id, dict(data), self.act.now)
        return registry.compute_named(operation)(call) or {}

    def due(self, clock: str, element_id: str, data: Mapping[str, Any]) -> datetime:
        """The due moment of a timer's clock, started now unless it runs already."""
        return clocks.open_clock(
            self.run,
            clock,
            data=data,
            start_field=self.elements[element_id].get("clock_from") or "",
            now=self.act.now,
        ).due_at


def start_run(
    act: Act,
    process_id: str,
    *,
    subject: tuple[str, int],
    business_key: str,
    unit_id: int,
    data: Mapping[str, Any],
) -> Run:
    """Start a run of the current version in the act's family."""
    digest = definitions.current(process_id)
    run = Run.objects.create(
        definition_id=digest,
        family=act.family,
        process_id=process_id,
        business_key=business_key,
        subject_kind=subject[0],
        subject_id=subject[1],
        unit_id=unit_id,
        state=b"",
        started_at=act.now,
    )
    definition = definitions.live(digest)
    host = RunHost(act, run, definition.elements)
    act.record("run_started", run=run, process=process_id)
    apply(act, run, engine.start(definition.spec, data=data, now=act.now, host=host))
    return run


def resume_run(act: Act, run: Run, task_id: str, data: Mapping[str, Any]) -> None:
    """Give a waiting token its answer and carry the run on to the next waits."""
    definition = definitions.live(run.definition_id)
    host = RunHost(act, run, definition.elements)
    step = engine.resume(definition.spec, bytes(run.state), task_id, data, now=act.now, host=host)
    apply(act, run, step)


def apply(act: Act, run: Run, step: engine.Step) -> None:
    """Write the difference between the rows and what the run now waits for."""
    elements = definitions.live(run.definition_id).elements
    _move_clocks(act, run, step, elements)
    _write_run(act, run, step)
    known = open_waits(run)
    open_now = {wait.task_id for wait in step.waits}
    _withdraw(act, run, {task_id: kind for task_id, kind in known.items() if task_id not in open_now})
    offered = [wait for wait in step.waits if wait.task_id not in known]
    for wait in offered:
        _offer(act, run, wait, elements[wait.element_id])
    if not step.ended and any(wait.kind == "message" for wait in offered):
        _consume_messages(act, run)


def _write_run(act: Act, run: Run, step: engine.Step) -> None:
    run.state = step.state
    run.revision += 1
    fields = ["state", "revision"]
    if step.ended:
        run.status, run.ended_at = Run.Status.ENDED, act.now
        fields += ["status", "ended_at"]
        clocks.end_clocks(run, None, act.now)
        act.record("run_ended", run=run)
    run.save(update_fields=fields)


def _move_clocks(act: Act, run: Run, step: engine.Step, elements: Mapping[str, Mapping[str, Any]]) -> None:
    for passed in step.passed:
        element = elements[passed.element_id]
        if element["stops_clock"]:
            clocks.end_clocks(run, list(element["stops_clock"]), act.now)
        for key in element["starts_clock"]:
            start_field = element["clock_from"] if element["clock"] is None else ""
            clocks.open_clock(run, key, data=step.data, start_field=start_field or "", now=act.now)


def _withdraw(act: Act, run: Run, gone: Mapping[str, str]) -> None:
    """Take back what the run no longer waits for. Completed items and done effects stay as they are."""
    tasks: dict[str, list[str]] = defaultdict(list)
    for task_id, kind in gone.items():
        tasks[kind].append(task_id)
    if tasks["person"]:
        items = WorkItem.objects.filter(run=run, status=WorkItem.Status.OPEN, task_id__in=tasks["person"])
        act.pokes.units.update(items.values_list("unit_id", flat=True))
        items.update(status=WorkItem.Status.CANCELLED)
    if tasks["timer"]:
        Timer.objects.filter(run=run, task_id__in=tasks["timer"]).delete()
    if tasks["message"]:
        Subscription.objects.filter(run=run, task_id__in=tasks["message"]).delete()
    if tasks["effect"]:
        _withdraw_effects(run, tasks["effect"], act.now)


def _withdraw_effects(run: Run, task_ids: list[str], now: datetime) -> None:
    """Take back effects that nobody carries out yet.

    The relay locks its entry before the family, a command the family first: waiting for a locked entry here
    could be a deadlock. An effect that is under way ends in an answer that nobody waits for.
    """
    free = OutboxEntry.objects.select_for_update(skip_locked=True).filter(
        run=run, done_at=None, task_id__in=task_ids
    )
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in free]).update(
        done_at=now, last_error="withdrawn"
    )


def open_waits(run: Run) -> dict[str, str]:
    """Task → kind of everything that the rows say the run waits for, in one statement."""
    waits = (
        _waits(WorkItem.objects.filter(run=run, status=WorkItem.Status.OPEN), "person")
        .union(_waits(Timer.objects.filter(run=run), "timer"), all=True)
        .union(_waits(Subscription.objects.filter(run=run), "message"), all=True)
        .union(
            _waits(OutboxEntry.objects.filter(run=run, done_at=None).exclude(task_id=""), "effect"), all=True
        )
    )
    return dict(waits)


def _waits(rows: QuerySet[Any], kind: str) -> QuerySet[Any, tuple[str, str]]:
    waits: QuerySet[Any, tuple[str, str]] = (
        rows.order_by().annotate(kind=Value(kind)).values_list("task_id", "kind")
    )
    return waits


def _offer(act: Act, run: Run, wait: engine.Wait, element: Mapping[str, Any]) -> None:
    match wait.kind:
        case "person":
            _offer_work(act, run, wait, element)
        case "timer":
            assert wait.due is not None, "a timer knows its moment"
            clock = run.clocks.filter(rule_key=element["clock"], ended_at=None).first()
            Timer.objects.create(
                run=run, task_id=wait.task_id, element_id=wait.element_id, clock=clock, due_at=wait.due
            )
        case "message":
            assert wait.message is not None, "a catch names its message"
            Subscription.objects.create(
                run=run, task_id=wait.task_id, element_id=wait.element_id, message=wait.message
            )
        case "effect":
            act.send(
                element["operation"],
                key=f"{run.pk}:{wait.task_id}:{element['operation']}",
                payload=dict(wait.data),
                run=run,
                task_id=wait.task_id,
            )


def _offer_work(act: Act, run: Run, wait: engine.Wait, element: Mapping[str, Any]) -> None:
    clock = None
    if element["clock"]:
        clock = clocks.open_clock(
            run, element["clock"], data=wait.data, start_field=element["clock_from"] or "", now=act.now
        )
    named = None
    if element["candidates"]:
        named = sorted(registry.candidates_named(element["candidates"])(run, wait.data))
    item = WorkItem.objects.create(
        run=run,
        family_id=run.family_id,
        task_id=wait.task_id,
        element_id=wait.element_id,
        label=element["label"],
        lane=element["lane"],
        unit_id=registry.unit_for(element["lane"], run),
        form=element["form"],
        duty=element["duty"] or "",
        excludes=list(element["excludes"]),
        candidates=named,
        data=dict(wait.data),
        clock=clock,
        due_at=clock.due_at if clock else None,
        offered_at=act.now,
    )
    act.pokes.units.add(item.unit_id)
    act.record("work_offered", run=run, element_id=wait.element_id, work_item=str(item.pk))


def _consume_messages(act: Act, run: Run) -> None:
    """Hand over the oldest kept message that the run waits for; handing over may open further waits."""
    waited = dict(Subscription.objects.filter(run=run).values_list("message", "task_id"))
    if not waited:
        return
    message = (
        Message.objects.filter(run=run, name__in=list(waited), consumed_at=None)
        .order_by("received_at")
        .first()
    )
    if message is None:
        return
    message.consumed_at = act.now
    message.save(update_fields=["consumed_at"])
    act.record("message_received", run=run, message=message.name)
    resume_run(act, run, waited[message.name], message.data)
