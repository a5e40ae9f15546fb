"""Suspending a run and letting it go on. Its legal periods run on unless the law knows a ground to stop them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from workflows import reasons
from workflows.clocks import counting
from workflows.door.child_runs import open_children
from workflows.door.stepping import consume_messages
from workflows.door.transaction import Act, close, transaction_in
from workflows.errors import NotRunning, OnlyWithParent
from workflows.models import Clock, ClockPause, Message, Run, WorkItem
from workflows.rules.calendar import ONE_DAY, civil_date

_SET_ITEMS = f'UPDATE "{WorkItem._meta.db_table}" SET status = %s WHERE run_id = ANY(%s) AND status = %s'
_SET_RUNS = f'UPDATE "{Run._meta.db_table}" SET status = %s WHERE id = ANY(%s)'


def suspend_run(
    run: Run,
    *,
    reason: str,
    actor: Any,
    key: str,
    now: datetime,
    ground: str = "",
    stopped: Collection[str] = (),
) -> None:
    """Nobody is offered its work or that of its child runs, no timer fires, answers and messages wait.

    `ground`: a ground on which the law stops periods (PP 45); `stopped` are the rules whose periods it stops,
    from the next day on. All others run on, and what stands still already is left alone.
    Raises: Repeated, NotRunning, ReasonMissing, Busy.
    """
    reason = reasons.given(reason, least=reasons.A_PHRASE)
    with transaction_in(run.family_id, key, now) as (inbox, family):
        act = Act(family=family, actor=actor, now=now)
        locked = _locked(run, Run.Status.RUNNING)
        runs = [locked, *open_children([locked.pk])]
        clocks = Clock.objects.filter(run__in=runs, ended_at=None, rule_key__in=stopped if ground else ())
        pauses = [
            counting.pause_clock(
                act, clock, first_date=civil_date(now) + ONE_DAY, ground=ground, reason=reason
            ).pk
            for clock in clocks.filter(
                ~Exists(ClockPause.objects.filter(clock=OuterRef("pk"), last_date=None))
            )
        ]
        act.record("run_suspended", run=locked, reasons=reason, ground=ground, pauses=pauses)
        _set_status(act, runs, Run.Status.SUSPENDED, WorkItem.Status.OPEN, WorkItem.Status.SUSPENDED)
        close(act, inbox)


def continue_run(run: Run, *, reason: str, actor: Any, key: str, now: datetime) -> None:
    """Offer its work again and hand over what came meanwhile.

    Raises: Repeated, NotRunning, ReasonMissing, Busy.
    """
    reason = reasons.given(reason, least=reasons.A_PHRASE)
    with transaction_in(run.family_id, key, now) as (inbox, family):
        act = Act(family=family, actor=actor, now=now)
        locked = _locked(run, Run.Status.SUSPENDED)
        act.record("run_continued", run=locked, reasons=reason)
        runs = [locked, *open_children([locked.pk])]
        _set_status(act, runs, Run.Status.RUNNING, WorkItem.Status.SUSPENDED, WorkItem.Status.OPEN)
        act.change.write()  # a period that is counted again moves the open work
        for pause in pauses_of_suspension(locked):
            counting.resume_clock(act, pause.clock, last_date=max(civil_date(now), pause.first_date))
        for one in _with_messages(runs):
            while one.status == Run.Status.RUNNING and consume_messages(act, one):
                continue
        close(act, inbox)


def pauses_of_suspension(run: Run) -> QuerySet[ClockPause]:
    """Pauses that began with the run's last suspension and still go on; those asked for otherwise stay."""
    last = run.journal.filter(act="run_suspended").order_by("-id").first()
    numbers = last.details.get("pauses", []) if last else []
    return ClockPause.objects.filter(pk__in=numbers, last_date=None).select_related("clock__run")


def _locked(run: Run, wanted: str) -> Run:
    """The run, locked; a child run stands still and goes on with its parent only."""
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if locked.status != wanted:
        raise NotRunning
    if locked.parent_id is not None:
        raise OnlyWithParent
    return locked


def _set_status(act: Act, runs: list[Run], status: str, item_before: str, item_after: str) -> None:
    keys = [run.pk for run in runs]
    for run in runs:
        run.status = status
    act.change.also(_SET_RUNS, status, keys)
    act.change.also(_SET_ITEMS, item_after, keys, item_before)
    units = WorkItem.objects.filter(run__in=keys, status=item_before).values_list("unit_id", flat=True)
    act.pokes.units.update(units.distinct())


def _with_messages(runs: list[Run]) -> list[Run]:
    """Those for which a message came meanwhile."""
    kept = Message.objects.filter(run__in=runs, consumed_at=None).values_list("run_id", flat=True)
    named = set(kept)
    return [run for run in runs if run.pk in named]
