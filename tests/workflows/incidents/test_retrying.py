"""Trying a failed step again by hand: a reason and a second person; what the system tries by itself needs neither."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest

from casework.models import Account
from workflows.background.relay import relay_one
from workflows.errors import CannotBeRetried, ReasonMissing, SecondPersonNeeded
from workflows.incidents.detector import watch
from workflows.incidents.requests import ask, decide
from workflows.models import Incident, IncidentRequest, JournalEntry, OutboxEntry, Run

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]
REASON = "邮件服务已经修复，请重新发送。"


def test_a_step_is_tried_again_at_once_when_a_second_person_agrees(
    broken: Incident, asker: Account, other: Account, moment: datetime, outside: list[str]
) -> None:
    request = ask([broken], "retry", reason=REASON, actor=asker, key=uuid4().hex, now=moment)
    assert not relay_one(moment)
    with pytest.raises(SecondPersonNeeded):
        decide(request, approve=True, actor=asker, key=uuid4().hex, now=moment)

    assert decide(request, approve=True, actor=other, key=uuid4().hex, now=moment) == []

    assert relay_one(moment) and len(outside) == 1
    assert Incident.objects.get().resolution == Incident.Resolution.SUCCEEDED
    acts = JournalEntry.objects.filter(act__startswith="incident_").order_by("id")
    assert list(acts.values_list("act", "actor__username", "element_id")) == [
        ("incident_retry_asked", "asker", "tell"),
        ("incident_retry_approved", "other", "tell"),
        ("incident_retried", "other", "tell"),
    ]
    assert acts[0].details["reasons"] == REASON


def test_a_retry_that_fails_again_may_be_asked_for_again(
    broken: Incident, asker: Account, other: Account, moment: datetime, failing: list[Exception]
) -> None:
    request = ask([broken], "retry", reason=REASON, actor=asker, key=uuid4().hex, now=moment)
    decide(request, approve=True, actor=other, key=uuid4().hex, now=moment)
    failing.append(ValueError())
    assert relay_one(moment)

    assert watch(moment) == 0
    assert not relay_one(moment), "one approval is one try"
    ask([broken], "retry", reason=REASON, actor=asker, key=uuid4().hex, now=moment)


def test_what_is_tried_by_itself_asks_nobody(broken: Incident, outside: list[str]) -> None:
    assert broken.next_try_at is not None

    assert relay_one(broken.next_try_at)

    assert len(outside) == 1 and not IncidentRequest.objects.exists()


def test_a_refused_retry_changes_nothing(
    broken: Incident, asker: Account, other: Account, moment: datetime
) -> None:
    before = OutboxEntry.objects.get().next_try_at
    request = ask([broken], "retry", reason=REASON, actor=asker, key=uuid4().hex, now=moment)
    with pytest.raises(CannotBeRetried):
        ask([broken], "retry", reason=REASON, actor=other, key=uuid4().hex, now=moment)

    decide(request, approve=False, actor=other, key=uuid4().hex, now=moment)

    assert OutboxEntry.objects.get().next_try_at == before
    assert Incident.objects.get().request is None


def test_a_reason_is_needed(broken: Incident, asker: Account, moment: datetime) -> None:
    with pytest.raises(ReasonMissing):
        ask([broken], "retry", reason="再试", actor=asker, key=uuid4().hex, now=moment)


def test_the_work_of_a_person_is_tried_again_by_the_person(
    broken: Incident, asker: Account, moment: datetime
) -> None:
    Incident.objects.update(kind=Incident.Kind.COMMAND)
    with pytest.raises(CannotBeRetried):
        ask([broken], "retry", reason=REASON, actor=asker, key=uuid4().hex, now=moment)


def test_an_approved_retry_that_was_not_finished_is_finished_by_the_watch(
    broken: Incident, asker: Account, other: Account, moment: datetime
) -> None:
    request = ask([broken], "retry", reason=REASON, actor=asker, key=uuid4().hex, now=moment)
    IncidentRequest.objects.filter(pk=request.pk).update(
        decided_by=other, decided_at=moment, is_approved=True
    )

    watch(moment)

    assert relay_one(moment)
