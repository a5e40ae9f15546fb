"""A step that fails leaves an incident: its cause without contents, its next try, what to do; and ends by itself."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import translation

from casework.models import Account
from workflows.background.relay import fire_one, relay_one
from workflows.background.timers import fire_batch
from workflows.door.commands import deliver
from workflows.engine import EngineError
from workflows.errors import NotOffered, TryLater
from workflows.incidents.detector import watch
from workflows.incidents.remedies import REMEDIES, remedy_words
from workflows.models import Incident, OutboxEntry, Run, Timer

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]
Waiting = Callable[[], Run]


@pytest.fixture
def people(person: Person) -> tuple[Account, Account]:
    """Who drafts and who reviews."""
    return person("handler", "case_handler"), person("reviewer", "legal_reviewer")


@pytest.fixture
def reviewed(people: tuple[Account, Account], start: Start, do: Do) -> Waiting:
    """Runs whose effect is still to be carried out."""

    def make() -> Run:
        run = start()
        do(run, "draft", people[0])
        do(run, "review", people[1], opinion="agree")
        return run

    return make


@pytest.fixture
def listening(reviewed: Waiting, moment: datetime) -> Waiting:
    """Runs that wait for an answer and, beside it, for a timer."""

    def make() -> Run:
        run = reviewed()
        assert relay_one(moment)
        return run

    return make


def break_state(run: Run) -> bytes:
    """Make every step of a run fail; returns what mends it."""
    state = bytes(Run.objects.values_list("state", flat=True).get(pk=run.pk))
    Run.objects.filter(pk=run.pk).update(state=b"no state of ours")
    return state


def late(run: Run) -> datetime:
    """A moment after the run's timer is due."""
    return Timer.objects.get(run=run).due_at + timedelta(seconds=1)


def test_a_failing_timer_is_put_off_and_does_not_hold_up_the_others(
    listening: Waiting, moment: datetime
) -> None:
    broken, sound = listening(), listening()
    break_state(broken)
    Timer.objects.filter(run=broken).update(due_at=moment - timedelta(days=1))
    when = late(sound)

    fired = [fire_one(when) for _ in range(3)]

    assert fired == [True, True, False]
    sound.refresh_from_db()
    assert sound.status == Run.Status.ENDED
    incident = Incident.objects.get()
    timer = Timer.objects.get(run=broken)
    assert (incident.kind, incident.run_id, incident.element_id) == ("timer", broken.pk, "answer_late")
    assert timer.put_off_until == incident.next_try_at > when
    assert incident.remedy == "model"


def test_a_failing_timer_in_a_batch_is_put_off_alone(listening: Waiting, moment: datetime) -> None:
    broken, *sound = [listening() for _ in range(4)]
    break_state(broken)
    when = late(broken)

    assert fire_batch(when) == 4

    assert not Run.objects.filter(pk__in=[run.pk for run in sound], status=Run.Status.RUNNING).exists()
    assert Incident.objects.get().run_id == broken.pk
    assert fire_batch(when) == 0


def test_a_timer_that_fires_at_last_ends_its_incident(listening: Waiting) -> None:
    run = listening()
    state, when = break_state(run), late(run)
    for attempt in (1, 2):
        assert fire_one(when)
        incident = Incident.objects.get()
        assert incident.attempt_count == attempt
        when = Timer.objects.get(run=run).put_off_until
    Run.objects.filter(pk=run.pk).update(state=state)

    assert fire_one(when)

    incident.refresh_from_db()
    assert (incident.resolution, incident.resolved_at) == ("succeeded", when)


def test_waits_grow_from_try_to_try_and_never_beyond_half_an_hour(listening: Waiting) -> None:
    run = listening()
    break_state(run)
    when, waits = late(run), []
    for _ in range(12):
        assert fire_one(when)
        until = Timer.objects.get(run=run).put_off_until
        waits.append(until - when)
        when = until

    assert waits[0] < timedelta(seconds=6.1) < waits[4]
    assert max(waits) <= timedelta(minutes=36)


def test_a_failing_effect_is_an_incident_at_once_and_ends_when_it_is_carried_out(
    reviewed: Waiting, moment: datetime, failing: list[Exception]
) -> None:
    run = reviewed()
    failing.append(ZeroDivisionError())

    assert relay_one(moment)
    incident = Incident.objects.get()
    assert (incident.run_id, incident.operation, incident.remedy) == (run.pk, "sample.tell", "program")
    assert relay_one(incident.next_try_at)

    incident.refresh_from_db()
    assert incident.resolution == Incident.Resolution.SUCCEEDED


def test_a_service_that_does_not_answer_is_an_incident_only_when_it_lasts(
    reviewed: Waiting, moment: datetime, failing: list[Exception]
) -> None:
    reviewed()
    failing.extend(TryLater() for _ in range(5))
    when = moment
    for attempt in range(1, 6):
        assert relay_one(when)
        assert Incident.objects.count() == (attempt == 5)
        when = OutboxEntry.objects.get(done_at=None).next_try_at

    assert Incident.objects.get().remedy == "service"


def test_one_cause_has_one_fingerprint_whatever_the_run_and_the_words(
    reviewed: Waiting, moment: datetime, failing: list[Exception]
) -> None:
    for error in (ValueError("S-1: 张三"), ValueError("S-2: 李四"), KeyError("S-3")):
        failing.append(error)
        reviewed()
        assert relay_one(moment)

    prints = list(Incident.objects.order_by("pk").values_list("fingerprint", flat=True))
    assert prints[0] == prints[1] != prints[2]


def test_no_word_of_an_error_is_kept(reviewed: Waiting, moment: datetime, failing: list[Exception]) -> None:
    reviewed()
    failing.append(ValueError("CANARY 患者已经出院"))

    assert relay_one(moment)

    rows = [*Incident.objects.values(), *OutboxEntry.objects.values()]
    assert "CANARY" not in repr(rows)
    assert Incident.objects.get().trace.startswith("workflows.background.relay:relay_one:")


def test_an_effect_that_is_withdrawn_takes_its_incident_along(
    reviewed: Waiting, moment: datetime, failing: list[Exception]
) -> None:
    reviewed()
    failing.append(ValueError())
    assert relay_one(moment)
    OutboxEntry.objects.update(done_at=moment, last_error="withdrawn")

    watch(moment)

    assert Incident.objects.get(kind="effect").resolution == Incident.Resolution.GONE


def test_a_timer_of_a_run_that_has_ended_is_swept_away(listening: Waiting, moment: datetime) -> None:
    run = listening()
    when = late(run)
    Run.objects.filter(pk=run.pk).update(status=Run.Status.CANCELLED, ended_at=moment)

    assert fire_one(when)

    assert not Timer.objects.exists() and not Incident.objects.exists()


def test_every_remedy_is_a_sentence_in_both_languages() -> None:
    for code in REMEDIES:
        with translation.override("en"):
            english = str(remedy_words(code))
        with translation.override("zh-hans"):
            assert str(remedy_words(code)) != english
        assert english.endswith(".")


def test_a_persons_work_that_breaks_is_noted_and_ends_when_it_is_done(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    handler, run = person("handler", "case_handler"), start()
    state = break_state(run)

    for _ in range(2):
        with pytest.raises(EngineError):
            do(run, "draft", handler)

    incident = Incident.objects.get()
    assert (incident.kind, incident.element_id, incident.next_try_at) == ("command", "draft", None)
    assert incident.attempt_count == 2
    Run.objects.filter(pk=run.pk).update(state=state)
    do(run, "draft", handler)
    watch(moment)
    incident.refresh_from_db()
    assert incident.resolution == Incident.Resolution.SUCCEEDED


def test_a_refusal_is_no_incident(person: Person, start: Start, do: Do) -> None:
    run, stranger = start(), person("stranger", "finance")

    with pytest.raises(NotOffered):
        do(run, "draft", stranger)

    assert not Incident.objects.exists()


def test_a_message_that_cannot_be_handed_over_is_noted_and_ends_when_it_is(
    listening: Waiting, moment: datetime
) -> None:
    run = listening()
    state = break_state(run)
    with pytest.raises(EngineError):
        deliver(run.pk, "answer", {}, key="m1", now=moment, agent="test")
    assert Incident.objects.get().kind == "message"
    Run.objects.filter(pk=run.pk).update(state=state)

    deliver(run.pk, "answer", {}, key="m1", now=moment, agent="test")
    watch(moment)

    assert Incident.objects.get().resolution == Incident.Resolution.SUCCEEDED
