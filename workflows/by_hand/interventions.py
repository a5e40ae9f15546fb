"""Changing a run by hand: a token moved, a step skipped, a run cancelled. One asks, another decides (four eyes)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from workflows import definitions, engine, reasons
from workflows.by_hand import moves
from workflows.door.stepping import RunHost, apply, cancel_run, resume_run
from workflows.door.transaction import (
    Act,
    close,
    lock_family,
    short_of_patience,
    transaction_in,
    wait_no_longer,
)
from workflows.drawing import Standing, standing_of
from workflows.duties import conflict_of
from workflows.errors import AlreadyDecided, CannotIntervene, NotRunning, SecondPersonNeeded
from workflows.models import Intervention, Run, WorkItem

Kind = Intervention.Kind


@dataclass(frozen=True)
class Wish:
    """What is asked for: the wait that is meant, and what shall become of it."""

    kind: str
    task_id: str = ""
    element_id: str = ""
    target_id: str = ""
    outcome: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a run waits for before and after an intervention, and the state in which it is then."""

    before: tuple[Standing, ...]
    after: tuple[Standing, ...]
    status: str


def try_out(run: Run, wish: Wish, *, actor: Any, now: datetime) -> Outcome:
    """Do it, look, and take it back. Raises: NotRunning, CannotIntervene, DutyConflict, Busy."""
    with short_of_patience(), transaction.atomic():
        wait_no_longer()
        act = Act(family=lock_family(run.family_id), actor=actor, now=now)
        outcome = _tried(act, _locked(run), _as_asked(run, wish))
        transaction.set_rollback(True)
    return outcome


def ask_to_intervene(
    run: Run, wish: Wish, *, reason: str, actor: Any, key: str, now: datetime
) -> Intervention:
    """Ask for it; nothing is done yet, but what could not be done is refused at once.

    Raises: Repeated, ReasonMissing, NotRunning, CannotIntervene, DutyConflict, Busy.
    """
    reason = reasons.given(reason, least=reasons.A_PHRASE)
    with transaction_in(run.family_id, key, now) as (inbox, family):
        act = Act(family=family, actor=actor, now=now)
        locked = _locked(run)
        if Intervention.objects.filter(run=locked, decided_at=None).exists():
            raise CannotIntervene(reason=gettext("another intervention waits for its decision"))
        intervention = _as_asked(locked, wish)
        intervention.reason, intervention.asked_by, intervention.asked_at = reason, actor, now
        intervention.save()
        with transaction.atomic():  # whoever asks learns at once that it cannot be done
            _tried(Act(family=family, actor=actor, now=now), locked, intervention)
            transaction.set_rollback(True)
        act.record("intervention_asked", run=locked, **_facts(intervention))
        act.answer = {"intervention": intervention.pk}
        close(act, inbox)
        return intervention


def decide_intervention(
    intervention: Intervention, *, approve: bool, actor: Any, key: str, now: datetime
) -> None:
    """Allow it, and it is done in the same transaction; or refuse it.

    A step that is left out counts as done by who decides: its duty, and what that excludes, is theirs.
    Raises: Repeated, SecondPersonNeeded, AlreadyDecided, NotRunning, CannotIntervene, DutyConflict, Busy.
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


def _as_asked(run: Run, wish: Wish) -> Intervention:
    return Intervention(run=run, **{**vars(wish), "outcome": dict(wish.outcome)})


def _tried(act: Act, run: Run, intervention: Intervention) -> Outcome:
    """Do it within a transaction that is rolled back, and say what became of the run."""
    before = standing_of(run)
    _carry_out(act, run, intervention)
    act.change.write()
    return Outcome(before, standing_of(run), run.status)


def _carry_out(act: Act, run: Run, intervention: Intervention) -> None:
    try:
        if intervention.kind == Kind.SKIP:
            _skip(act, run, intervention)
        elif intervention.kind == Kind.CANCEL:
            cancel_run(act, run)
        else:
            apply(act, run, _step(act, run, intervention))
    except engine.EngineError as error:
        raise CannotIntervene(reason=_in_words(error)) from error


def _in_words(error: engine.EngineError) -> str:
    """Why the engine refuses, without a word that could come from the matter."""
    match error:
        case engine.MoveRefused():
            return error.reason.render(gettext)
        case engine.WaitGone():
            return gettext("it no longer waits there")
    return gettext("the step that would follow fails")


def _skip(act: Act, run: Run, intervention: Intervention) -> None:
    """Answer in the place of whoever should have: with the same separation of duties."""
    task_id = intervention.task_id
    item = run.work_items.filter(task_id=task_id, status=WorkItem.Status.OPEN).first()
    if item is not None:
        conflict = conflict_of(act.actor, item)
        if conflict is not None:
            raise conflict
        if item.duty:
            act.hold_duty(
                act.actor.pk, item.duty, run=run, element_id=item.element_id, excludes=item.excludes
            )
    resume_run(act, run, task_id, intervention.outcome)


def _step(act: Act, run: Run, intervention: Intervention) -> engine.Step:
    definition = definitions.live(run.definition_id)
    host, state = RunHost(act, run, definition.elements), bytes(run.state)
    place = (intervention.task_id, intervention.target_id)
    return moves.move(definition, state, *place, process_id=run.process_id, now=act.now, host=host)


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
