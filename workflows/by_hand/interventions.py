"""Changing a run by hand: a token moved, a step skipped, a run cancelled. One asks, another decides (four eyes)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from workflows import definitions, engine
from workflows.door.stepping import RunHost, apply, resume_run
from workflows.door.transaction import Act, close, transaction_in
from workflows.errors import AlreadyDecided, CannotIntervene, NotRunning, ReasonMissing, SecondPersonNeeded
from workflows.models import Intervention, Run

SHORTEST_REASON = 10
Kind = Intervention.Kind


@dataclass(frozen=True)
class Wish:
    """What is asked for: the wait that is meant, and what shall become of it."""

    kind: str
    task_id: str = ""
    element_id: str = ""
    target_id: str = ""
    outcome: Mapping[str, Any] = field(default_factory=dict)


def ask_to_intervene(
    run: Run, wish: Wish, *, reason: str, actor: Any, key: str, now: datetime
) -> Intervention:
    """Ask for it; nothing is done yet, but what could not be done is refused at once.

    Raises: Repeated, ReasonMissing, NotRunning, CannotIntervene, Busy.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(count=SHORTEST_REASON)
    with transaction_in(run.family_id, key, now) as (inbox, family):
        act = Act(family=family, actor=actor, now=now)
        locked = _locked(run)
        if Intervention.objects.filter(run=locked, decided_at=None).exists():
            raise CannotIntervene(reason="another intervention waits for its decision")
        intervention = Intervention.objects.create(
            run=locked,
            **{**vars(wish), "outcome": dict(wish.outcome)},
            reason=reason.strip(),
            asked_by=actor,
            asked_at=now,
        )
        _try(locked, intervention, actor, now)
        act.record("intervention_asked", run=locked, **_facts(intervention))
        act.answer = {"intervention": intervention.pk}
        close(act, inbox)
        return intervention


def decide_intervention(
    intervention: Intervention, *, approve: bool, actor: Any, key: str, now: datetime
) -> None:
    """Allow it, and it is done in the same transaction; or refuse it.

    Raises: Repeated, SecondPersonNeeded, AlreadyDecided, NotRunning, CannotIntervene, Busy.
    """
    with transaction_in(intervention.run.family_id, key, now) as (inbox, family):
        act = Act(family=family, actor=actor, now=now)
        locked = Intervention.objects.select_for_update(of=("self",)).get(pk=intervention.pk)
        if locked.asked_by_id == actor.pk:
            raise SecondPersonNeeded
        if locked.decided_at is not None:
            raise AlreadyDecided
        locked.decided_by, locked.decided_at, locked.is_approved = actor, now, approve
        locked.save(update_fields=["decided_by", "decided_at", "is_approved"])
        run = _locked(locked.run) if approve else locked.run
        act.record("intervention_approved" if approve else "intervention_refused", run=run, **_facts(locked))
        if approve:
            _carry_out(act, run, locked)
        close(act, inbox)


def _try(run: Run, intervention: Intervention, actor: Any, now: datetime) -> None:
    """Do it and take it back: whoever asks learns at once that it cannot be done."""
    with transaction.atomic():
        _outcome(Act(family=run.family, actor=actor, now=now), run, intervention)
        transaction.set_rollback(True)


def _carry_out(act: Act, run: Run, intervention: Intervention) -> None:
    if intervention.kind == Kind.SKIP:
        try:
            resume_run(act, run, intervention.task_id, intervention.outcome)
        except engine.EngineError as error:
            raise CannotIntervene(reason=str(error)) from error
    else:
        step = _outcome(act, run, intervention)
        assert step is not None, "moves and cancellations have a step"
        apply(act, run, step)
    if intervention.kind == Kind.CANCEL:
        act.change.alter(run, status=Run.Status.CANCELLED, ended_at=act.now)


def _outcome(act: Act, run: Run, intervention: Intervention) -> engine.Step | None:
    """The step of a move or a cancellation; for a skip only whether the run waits there."""
    definition = definitions.live(run.definition_id)
    host, state = RunHost(act, run, definition.elements), bytes(run.state)
    try:
        if intervention.kind == Kind.CANCEL:
            return engine.cancel(definition.spec, state, now=act.now, host=host)
        if intervention.kind == Kind.MOVE:
            place = (intervention.task_id, intervention.target_id)
            return engine.move(definition.spec, state, *place, now=act.now, host=host)
        waits = engine.waits(definition.spec, state, host=host)
        if intervention.task_id not in {wait.task_id for wait in waits}:
            raise engine.WaitGone(intervention.task_id)
    except engine.EngineError as error:
        raise CannotIntervene(reason=str(error)) from error
    return None


def _locked(run: Run) -> Run:
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if locked.status != Run.Status.RUNNING:
        raise NotRunning
    return locked


def _facts(intervention: Intervention) -> dict[str, Any]:
    return {
        "intervention": intervention.pk,
        "kind": intervention.kind,
        "element": intervention.element_id,
        "target": intervention.target_id,
        "reasons": intervention.reason,
    }
