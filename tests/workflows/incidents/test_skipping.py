"""Leaving a failed step out: a reason, a second person, and never so that a run stands still."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from casework.models import Account
from workflows.background.relay import fire_one, relay_one
from workflows.errors import AlreadyDecided, CannotBeSkipped, ReasonMissing, SecondPersonNeeded
from workflows.incidents.detector import watch
from workflows.incidents.requests import ask, decide
from workflows.models import Incident, IncidentRequest, JournalEntry, OutboxEntry, Run, Timer

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]
REASON = "收信人已经注销，通知无法送达。"


def test_an_effect_is_left_out_only_after_a_second_person_agreed(
    broken: Incident, asker: Account, other: Account, moment: datetime, outside: list[str]
) -> None:
    request = ask([broken], "skip", reason=REASON, actor=asker, key=uuid4().hex, now=moment)
    assert OutboxEntry.objects.get().done_at is None

    decide(request, approve=True, actor=other, key=uuid4().hex, now=moment)

    broken.refresh_from_db()
    assert (broken.resolution, outside) == ("skipped", [])
    assert broken.run is not None and broken.run.subscriptions.get().message == "answer"
    acts = JournalEntry.objects.filter(act__startswith="incident_").order_by("id")
    assert list(acts.values_list("act", "actor__username")) == [
        ("incident_skip_asked", "asker"),
        ("incident_skip_approved", "other"),
        ("incident_skipped", "other"),
    ]


def test_nobody_approves_the_own_wish(broken: Incident, asker: Account, moment: datetime) -> None:
    request = ask([broken], "skip", reason=REASON, actor=asker, key=uuid4().hex, now=moment)

    with pytest.raises(SecondPersonNeeded):
        decide(request, approve=True, actor=asker, key=uuid4().hex, now=moment)
    with pytest.raises(IntegrityError), transaction.atomic():
        IncidentRequest.objects.update(decided_by=asker, decided_at=moment, is_approved=True)
    assert Incident.objects.get().resolved_at is None


def test_a_reason_is_needed(broken: Incident, asker: Account, moment: datetime) -> None:
    with pytest.raises(ReasonMissing):
        ask([broken], "skip", reason="   ok   ", actor=asker, key=uuid4().hex, now=moment)


def test_a_refused_wish_leaves_the_incident_open_and_may_be_uttered_again(
    broken: Incident, asker: Account, other: Account, moment: datetime
) -> None:
    request = ask([broken], "skip", reason=REASON, actor=asker, key=uuid4().hex, now=moment)
    with pytest.raises(CannotBeSkipped):
        ask([broken], "skip", reason=REASON, actor=other, key=uuid4().hex, now=moment)

    decide(request, approve=False, actor=other, key=uuid4().hex, now=moment)

    with pytest.raises(AlreadyDecided):
        decide(request, approve=True, actor=other, key=uuid4().hex, now=moment)
    assert Incident.objects.get().resolved_at is None
    ask([broken], "skip", reason=REASON, actor=asker, key=uuid4().hex, now=moment)


def test_a_skip_that_was_approved_and_not_finished_is_finished_by_the_watch(
    broken: Incident, asker: Account, other: Account, moment: datetime
) -> None:
    request = ask([broken], "skip", reason=REASON, actor=asker, key=uuid4().hex, now=moment)
    IncidentRequest.objects.filter(pk=request.pk).update(
        decided_by=other, decided_at=moment, is_approved=True
    )

    watch(moment)

    assert Incident.objects.get().resolution == Incident.Resolution.SKIPPED


def test_a_timer_beside_another_wait_can_be_left_out_and_fires_no_more(
    broken: Incident, asker: Account, other: Account, moment: datetime
) -> None:
    incident, when = _failing_timer(broken, moment)

    request = ask([incident], "skip", reason=REASON, actor=asker, key=uuid4().hex, now=when)
    decide(request, approve=True, actor=other, key=uuid4().hex, now=when)

    assert Incident.objects.get(pk=incident.pk).resolution == Incident.Resolution.SKIPPED
    assert not fire_one(when + timedelta(days=1))


def test_the_only_wait_of_a_run_is_never_left_out(
    broken: Incident, asker: Account, other: Account, moment: datetime
) -> None:
    incident, when = _failing_timer(broken, moment)
    assert incident.run is not None
    incident.run.subscriptions.all().delete()

    request = ask([incident], "skip", reason=REASON, actor=asker, key=uuid4().hex, now=when)
    decide(request, approve=True, actor=other, key=uuid4().hex, now=when)

    left = Incident.objects.get(pk=incident.pk)
    assert (left.resolved_at, left.request) == (None, None)
    assert Timer.objects.get().skipped_at is None


def test_a_run_that_stands_still_is_mended_and_not_left_out(
    start: Start, asker: Account, moment: datetime
) -> None:
    run = start()
    run.work_items.all().delete()
    assert watch(moment) == 1

    with pytest.raises(CannotBeSkipped):
        ask(Incident.objects.all(), "skip", reason=REASON, actor=asker, key=uuid4().hex, now=moment)


def _failing_timer(broken: Incident, moment: datetime) -> tuple[Incident, datetime]:
    """Carry the run on to its timer and let that fail."""
    assert broken.next_try_at is not None and relay_one(broken.next_try_at)
    when = Timer.objects.get().due_at + timedelta(seconds=1)
    state = bytes(Run.objects.values_list("state", flat=True).get())
    Run.objects.update(state=b"no state of ours")
    assert fire_one(when)
    Run.objects.update(state=state)
    return Incident.objects.get(kind="timer"), when
