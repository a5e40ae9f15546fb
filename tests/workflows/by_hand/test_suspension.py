"""A run that stands still on purpose, and signals to many runs at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from casework.models import Account
from workflows.background.relay import drain, relay_one
from workflows.by_hand.broadcast import signal
from workflows.by_hand.suspension import continue_run, suspend_run
from workflows.door.commands import command, deliver
from workflows.errors import NotRunning, ReasonMissing, Repeated, Suspended
from workflows.incidents.waiting import stalled_runs
from workflows.models import Clock, OutboxEntry, Run, Timer
from workflows.selectors import work_for

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]
REASON = "等待法院裁判"


def reviewed(person: Person, start: Start, do: Do) -> Run:
    """A run that has passed its review: an effect is on its way."""
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    run = start()
    do(run, "draft", handler)
    do(run, "review", reviewer, opinion="agree")
    return run


def test_suspended_work_is_offered_to_nobody_until_the_run_goes_on(
    person: Person, start: Start, moment: datetime
) -> None:
    handler, boss = person("handler", "case_handler"), person("boss")
    run = start()
    item = run.work_items.get()

    suspend_run(run, reason=REASON, actor=boss, key="s", now=moment)
    assert not work_for(handler, moment).exists()
    with pytest.raises(Suspended), command(item, actor=handler, key="k", now=moment):
        pass
    assert not stalled_runs().exists()

    continue_run(run, reason="裁判已生效", actor=boss, key="c", now=moment)
    assert work_for(handler, moment).get() == item


def test_an_effect_that_no_token_waits_for_goes_on_while_the_run_is_suspended(
    person: Person, start: Start, do: Do, moment: datetime, outside: list[str]
) -> None:
    boss, run = person("boss"), reviewed(person, start, do)
    suspend_run(run, reason=REASON, actor=boss, key="s", now=moment)
    OutboxEntry.objects.create(
        key="paper", operation="sample.tell", run=run, payload={}, next_try_at=moment, created_at=moment
    )

    assert drain(moment) == 1
    assert outside == ["paper"]


def test_no_timer_fires_and_no_answer_comes_while_a_run_is_suspended(
    person: Person, start: Start, do: Do, moment: datetime, outside: list[str]
) -> None:
    boss, run = person("boss"), reviewed(person, start, do)
    suspend_run(run, reason=REASON, actor=boss, key="s1", now=moment)
    assert not relay_one(moment) and outside == []
    continue_run(run, reason="恢复办理", actor=boss, key="c1", now=moment)
    assert relay_one(moment)

    suspend_run(run, reason=REASON, actor=boss, key="s2", now=moment)
    late = Timer.objects.get(run=run).due_at + timedelta(seconds=1)
    assert drain(late) == 0
    continue_run(run, reason="恢复办理", actor=boss, key="c2", now=late)

    assert drain(late) == 1
    run.refresh_from_db()
    assert run.status == Run.Status.ENDED


def test_a_message_for_a_suspended_run_is_handed_over_when_it_goes_on(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    boss, run = person("boss"), reviewed(person, start, do)
    drain(moment)
    suspend_run(run, reason=REASON, actor=boss, key="s", now=moment)
    deliver(run.pk, "answer", {}, key="m", now=moment, agent="test")

    run.refresh_from_db()
    assert run.status == Run.Status.SUSPENDED
    continue_run(run, reason="恢复办理", actor=boss, key="c", now=moment)

    run.refresh_from_db()
    assert run.status == Run.Status.ENDED


def test_periods_run_on_without_a_ground_and_stand_still_with_one(
    person: Person, start: Start, moment: datetime
) -> None:
    boss, week = person("boss"), timedelta(days=7)
    plain, grounded = start(), start()
    due = Clock.objects.get(run=plain).due_at

    for run, ground in ((plain, ""), (grounded, "expert_review")):
        suspend_run(
            run, reason=REASON, actor=boss, key=f"s{run.pk}", now=moment, ground=ground, stopped=["decision"]
        )
        continue_run(run, reason="恢复办理", actor=boss, key=f"c{run.pk}", now=moment + week)

    assert Clock.objects.get(run=plain).due_at == due
    assert Clock.objects.get(run=grounded).due_at == due + week
    assert grounded.work_items.get().due_at == due + week


def test_suspending_needs_a_reason_and_a_running_run(person: Person, start: Start, moment: datetime) -> None:
    boss, run = person("boss"), start()
    with pytest.raises(ReasonMissing):
        suspend_run(run, reason=" ", actor=boss, key="s0", now=moment)
    with pytest.raises(NotRunning):
        continue_run(run, reason=REASON, actor=boss, key="c", now=moment)
    suspend_run(run, reason=REASON, actor=boss, key="s1", now=moment)
    with pytest.raises(NotRunning):
        suspend_run(run, reason=REASON, actor=boss, key="s2", now=moment)


def test_a_signal_reaches_every_run_that_waits_for_it_once(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    waiting, elsewhere = [start(), start()], start()
    for run in waiting:
        do(run, "draft", handler)
        do(run, "review", reviewer, opinion="agree")
    drain(moment)

    assert signal("answer", {"words": "all"}, key="sig", now=moment) == 2
    with pytest.raises(Repeated):
        signal("answer", {}, key="sig", now=moment)
    drain(moment)

    statuses = [Run.objects.get(pk=run.pk).status for run in (*waiting, elsewhere)]
    assert statuses == ["ended", "ended", "running"]
