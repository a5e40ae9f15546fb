"""From what the engine answers to rows: work items, clocks, timers, subscriptions, effects."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows import definitions, engine, registry
from workflows.clocks import counting
from workflows.door import child_runs
from workflows.door.holding import Holding, OpenClock, OpenWait
from workflows.door.rows import as_json, inserting
from workflows.door.sql import fetch
from workflows.door.transaction import Act
from workflows.models import Clock, Message, OutboxEntry, Run, Subscription, Timer, WorkItem

_END_CLOCK = f'UPDATE "{Clock._meta.db_table}" SET ended_at = %s WHERE id = %s'
_WITHDRAW = {
    "person": f"""UPDATE "{WorkItem._meta.db_table}" SET status = 'cancelled'
        WHERE run_id = %s AND status = 'open' AND task_id = ANY(%s)""",
    "timer": f'DELETE FROM "{Timer._meta.db_table}" WHERE run_id = %s AND task_id = ANY(%s)',
    "message": f'DELETE FROM "{Subscription._meta.db_table}" WHERE run_id = %s AND task_id = ANY(%s)',
}


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
        start_field = self.elements[element_id].get("clock_from") or ""
        return open_clock(self.act, self.run, clock, data=data, start_field=start_field).due_at


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
    act.begins.append(process_id)
    run = Run.objects.create(
        definition_id=definitions.current(process_id),
        family=act.family,
        process_id=process_id,
        business_key=business_key,
        subject_kind=subject[0],
        subject_id=subject[1],
        unit_id=unit_id,
        state=b"",
        started_at=act.now,
    )
    begin(act, run, data)
    return run


def begin(act: Act, run: Run, data: Mapping[str, Any]) -> None:
    """Move a run that has no state yet to its first waits."""
    definition, process = definitions.live(run.definition_id), run.process_id
    host = RunHost(act, run, definition.elements)
    act.has_read(run, Holding())
    act.record("run_started", run=run, process=process)
    step = engine.start(definition.spec, data=data, now=act.now, host=host, process_id=process)
    apply(act, run, step)


def resume_run(act: Act, run: Run, task_id: str, data: Mapping[str, Any]) -> None:
    """Give a waiting token its answer and carry the run on to the next waits."""
    definition = definitions.live(run.definition_id)
    host = RunHost(act, run, definition.elements)
    step = engine.resume(definition.spec, bytes(run.state), task_id, data, now=act.now, host=host)
    apply(act, run, step)


def cancel_run(act: Act, run: Run) -> None:
    """End a locked run where it stands; what it waited for is withdrawn."""
    definition = definitions.live(run.definition_id)
    host = RunHost(act, run, definition.elements)
    apply(act, run, engine.cancel(definition.spec, bytes(run.state), now=act.now, host=host))
    act.change.alter(run, status=Run.Status.CANCELLED, ended_at=act.now)


def apply(act: Act, run: Run, step: engine.Step) -> None:
    """Write the difference between the rows and what the run now waits for."""
    elements = definitions.live(run.definition_id).elements
    _move_clocks(act, run, step, elements)
    _alter_run(act, run, step)
    waits = act.holding(run).waits
    _withdraw(act, run, waits.keys() - {wait.task_id for wait in step.waits})
    offered = [wait for wait in step.waits if wait.task_id not in waits]
    for wait in offered:
        waits[wait.task_id] = _offer(act, run, wait, elements[wait.element_id])
    act.change.write()
    if not step.ended and any(wait.kind == "message" for wait in offered):
        consume_messages(act, run)


def open_clock(act: Act, run: Run, rule_key: str, *, data: Mapping[str, Any], start_field: str) -> OpenClock:
    """The running period of that rule, started if there is none: its row gets its number here."""
    holding = act.holding(run)
    if rule_key not in holding.clocks:
        if rule_key in holding.ended_clocks:
            act.change.write()  # a rule has one open clock: the old one ends first
        clock = counting.counted_clock(run, rule_key, data=data, start_field=start_field, now=act.now)
        [(number,)] = fetch(inserting(Clock, returning=" RETURNING id"), [as_json([clock])])
        holding.clocks[rule_key] = OpenClock(number, clock.due_at)
    return holding.clocks[rule_key]


def _alter_run(act: Act, run: Run, step: engine.Step) -> None:
    act.change.alter(run, state=step.state, revision=run.revision + 1, wait_count=len(step.waits))
    if step.ended:
        act.change.alter(run, status=Run.Status.ENDED, ended_at=act.now)
        _end_clocks(act, run, list(act.holding(run).clocks))
        act.record("run_ended", run=run)
        if run.parent_id is not None:
            child_runs.report_end(act, run, step.data)


def _move_clocks(act: Act, run: Run, step: engine.Step, elements: Mapping[str, Mapping[str, Any]]) -> None:
    for passed in step.passed:
        element = elements[passed.element_id]
        _end_clocks(act, run, element["stops_clock"])
        for key in element["starts_clock"]:
            start_field = element["clock_from"] if element["clock"] is None else ""
            open_clock(act, run, key, data=step.data, start_field=start_field or "")


def _end_clocks(act: Act, run: Run, rule_keys: Iterable[str]) -> None:
    holding = act.holding(run)
    for key in rule_keys:
        clock = holding.clocks.pop(key, None)
        if clock is not None:
            holding.ended_clocks.add(key)
            act.change.also(_END_CLOCK, act.now, clock.pk)


def _withdraw(act: Act, run: Run, gone: Iterable[str]) -> None:
    """Take back what the run no longer waits for. Completed items and done effects stay as they are."""
    waits = act.holding(run).waits
    tasks: dict[str, list[str]] = defaultdict(list)
    for task_id in gone:
        kind, note = waits.pop(task_id)
        tasks[kind].append(task_id)
        if kind == "person":
            act.pokes.units.add(int(note))
    for kind, statement in _WITHDRAW.items():
        if tasks[kind]:
            act.change.also(statement, run.pk, tasks[kind])
    if tasks["effect"]:
        effects = OutboxEntry.objects.filter(run=run, task_id__in=tasks["effect"])
        child_runs.withdraw_effects(effects, act.now)
    if tasks["children"]:
        child_runs.withdraw_children(act, run, tasks["children"])


def _offer(act: Act, run: Run, wait: engine.Wait, element: Mapping[str, Any]) -> OpenWait:
    match wait.kind:
        case "person":
            return _offer_work(act, run, wait, element)
        case "children":
            child_runs.open_group(act, run, wait)
            return OpenWait("children")
        case "timer":
            assert wait.due is not None, "a timer knows its moment"
            clock = act.holding(run).clocks.get(element["clock"])
            timer = Timer(
                run_id=run.pk,
                task_id=wait.task_id,
                element_id=wait.element_id,
                clock_id=clock.pk if clock else None,
                due_at=wait.due,
            )
            act.change.add(timer)
            return OpenWait("timer")
        case "message":
            assert wait.message is not None, "a catch names its message"
            act.change.add(
                Subscription(
                    run_id=run.pk, task_id=wait.task_id, element_id=wait.element_id, message=wait.message
                )
            )
            return OpenWait("message", wait.message)
        case "effect":
            act.send(
                element["operation"],
                key=f"{run.pk}:{wait.task_id}:{element['operation']}",
                payload=dict(wait.data),
                run=run,
                task_id=wait.task_id,
                element_id=wait.element_id,
            )
            return OpenWait("effect")


def _offer_work(act: Act, run: Run, wait: engine.Wait, element: Mapping[str, Any]) -> OpenWait:
    clock = None
    if element["clock"]:
        clock = open_clock(
            act, run, element["clock"], data=wait.data, start_field=element["clock_from"] or ""
        )
    named = None
    if element["candidates"]:
        named = sorted(registry.candidates_named(element["candidates"])(run, wait.data))
    item = WorkItem(
        run_id=run.pk,
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
        clock_id=clock.pk if clock else None,
        due_at=clock.due_at if clock else None,
        offered_at=act.now,
    )
    act.change.add(item)
    act.pokes.units.add(item.unit_id)
    act.record("work_offered", run=run, element_id=wait.element_id, work_item=str(item.pk))
    return OpenWait("person", str(item.unit_id))


def consume_messages(act: Act, run: Run) -> bool:
    """Hand over the oldest kept message that the run waits for, if any; that may open further waits."""
    waits = act.holding(run).waits.values()
    names = [wait.note for wait in waits if wait.kind == "message"]
    message = (
        Message.objects.filter(run=run, name__in=names, consumed_at=None).order_by("received_at").first()
    )
    if message is None:
        return False
    act.change.alter(message, consumed_at=act.now)
    task_id = act.holding(run).waiting_for(message.name)
    assert task_id is not None, "its name was taken from the waits"
    hand_over(act, run, task_id, message.name, message.data)
    return True


def hand_over(act: Act, run: Run, task_id: str, name: str, data: Mapping[str, Any]) -> None:
    """Give a message to the token that waits for it; the journal says where that was."""
    waiting = Subscription.objects.filter(run=run, task_id=task_id)
    element_id = waiting.values_list("element_id", flat=True).first() or ""
    act.record("message_received", run=run, element_id=element_id, message=name)
    resume_run(act, run, task_id, data)
