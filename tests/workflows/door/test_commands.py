"""The one door: what a completed task writes, and what it refuses."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from casework.models import Account
from workflows.background.relay import drain, fire_one, relay_one
from workflows.door.commands import claim_item, command, deliver, new_matter, release_item, start_run
from workflows.errors import AlreadyDone, DutyConflict, NotOffered, Repeated, TakenByAnother
from workflows.models import DutyRecord, Incident, JournalEntry, OutboxEntry, Run, Timer, WorkItem
from workflows.selectors import work_for

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]


def open_elements(run: Run) -> list[str]:
    """Elements with open work."""
    return sorted(run.work_items.filter(status="open").values_list("element_id", flat=True))


def test_a_completed_task_offers_the_next_one_and_enters_the_journal(
    person: Person, start: Start, do: Do
) -> None:
    handler = person("handler", "case_handler")
    run = start()

    do(run, "draft", handler)

    assert open_elements(run) == ["review"]
    acts = list(JournalEntry.objects.filter(run=run).order_by("id").values_list("act", flat=True))
    assert acts == ["run_started", "work_offered", "work_claimed", "work_completed", "work_offered"]
    assert DutyRecord.objects.get(account=handler).key == "handle"


def test_a_clock_is_kept_while_the_task_is_done_again(person: Person, start: Start, do: Do) -> None:
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    run = start()
    first_due = run.work_items.get(element_id="draft").due_at

    do(run, "draft", handler)
    do(run, "review", reviewer, opinion="change")

    again = run.work_items.get(element_id="draft", status="open")
    assert again.due_at == first_due
    assert run.clocks.filter(rule_key="decision").count() == 1


def test_a_repeated_command_changes_nothing_and_gives_the_same_answer(
    person: Person, start: Start, moment: datetime
) -> None:
    handler = person("handler", "case_handler")
    item = start().work_items.get()
    with command(item, actor=handler, key="once", now=moment) as step:
        step.answer["page"] = "/work/"
        step.complete()

    with pytest.raises(Repeated) as repeated, command(item, actor=handler, key="once", now=moment):
        pytest.fail("the body must not run twice")

    assert repeated.value.answer == {"page": "/work/"}


def test_a_failing_body_leaves_nothing_behind(person: Person, start: Start, moment: datetime) -> None:
    handler = person("handler", "case_handler")
    run = start()
    before = JournalEntry.objects.count()

    with (
        pytest.raises(ZeroDivisionError),
        command(run.work_items.get(), actor=handler, key="k", now=moment) as step,
    ):
        step.complete()
        raise ZeroDivisionError

    run.refresh_from_db()
    assert (run.revision, JournalEntry.objects.count(), open_elements(run)) == (1, before, ["draft"])
    with command(run.work_items.get(), actor=handler, key="k", now=moment) as step:
        step.complete()


def test_outsiders_do_not_learn_that_the_work_exists(person: Person, start: Start, moment: datetime) -> None:
    stranger = person("stranger", "finance")
    item = start().work_items.get()

    with pytest.raises(NotOffered), command(item, actor=stranger, key="k", now=moment):
        pass
    assert not work_for(stranger, moment).exists()


def test_who_handled_the_matter_may_not_review_it(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    both = person("both", "case_handler", "legal_reviewer")
    run = start()
    do(run, "draft", both)
    review = run.work_items.get(element_id="review")

    assert not work_for(both, moment).filter(pk=review.pk).exists()
    with pytest.raises(DutyConflict) as refused, command(review, actor=both, key="k", now=moment):
        pass
    with translation.override("en"):
        assert "separation of duties" in str(refused.value)
    with pytest.raises(DutyConflict):
        claim_item(review, actor=both, key="c", now=moment)


def test_who_reviewed_may_not_handle_afterwards(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    handler = person("handler", "case_handler")
    both = person("both", "case_handler", "legal_reviewer")
    run = start()
    do(run, "draft", handler)
    do(run, "review", both, opinion="change")

    again = run.work_items.get(element_id="draft", status="open")
    with pytest.raises(DutyConflict), command(again, actor=both, key="k", now=moment):
        pass
    assert again not in work_for(both, moment)
    assert again in work_for(handler, moment)


def test_a_linked_run_of_the_family_knows_the_duties(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    both, handler = person("both", "case_handler", "legal_reviewer"), person("handler", "case_handler")
    run = start()
    do(run, "draft", both)
    from workflows.door.commands import matter_of

    with matter_of(run, actor=None, key="link", now=moment) as act:
        linked = start_run(
            act, "sample", subject=("other", 1), business_key="L-1", unit_id=run.unit_id, data={}
        )
    do(linked, "draft", handler)

    review = linked.work_items.get(element_id="review")
    with pytest.raises(DutyConflict), command(review, actor=both, key="k", now=moment):
        pass


def test_claimed_work_is_hidden_from_the_others_until_it_is_released(
    person: Person, start: Start, moment: datetime
) -> None:
    one, other = person("one", "case_handler"), person("other", "case_handler")
    item = start().work_items.get()

    claim_item(item, actor=one, key="c1", now=moment)

    assert not work_for(other, moment).exists()
    with pytest.raises(TakenByAnother):
        claim_item(item, actor=other, key="c2", now=moment)
    release_item(item, actor=one, key="r", now=moment)
    assert work_for(other, moment).get() == item


def test_completing_a_completed_task_tells_the_second_person(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    one, other = person("one", "case_handler"), person("other", "case_handler")
    item = start().work_items.get()
    do(item.run, "draft", one)

    with pytest.raises(AlreadyDone), command(item, actor=other, key="k2", now=moment):
        pass


def test_an_effect_is_carried_out_once_and_moves_the_run(
    person: Person, start: Start, do: Do, moment: datetime, outside: list[str]
) -> None:
    run = _reviewed(person, start, do)

    assert relay_one(moment) and not relay_one(moment)

    assert len(outside) == 1
    assert run.subscriptions.get().message == "answer"


def test_a_failing_effect_is_put_off_and_becomes_an_incident(
    person: Person, start: Start, do: Do, moment: datetime, outside: list[str], failing: list[Exception]
) -> None:
    run = _reviewed(person, start, do)
    failing.extend(OSError("down") for _ in range(5))

    when = moment
    for _ in range(5):
        assert relay_one(when)
        when = OutboxEntry.objects.get(done_at=None).next_try_at

    assert Incident.objects.get().attempt_count == 5
    assert outside == []
    assert relay_one(when)
    assert run.subscriptions.exists()


def test_a_message_that_comes_too_early_is_kept(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    run = _reviewed(person, start, do)
    deliver(run.pk, "answer", {"words": "yes"}, key="m1", now=moment, agent="test")

    drain(moment)

    run.refresh_from_db()
    assert run.status == Run.Status.ENDED


def test_a_message_delivered_twice_counts_once(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    run = _reviewed(person, start, do)
    drain(moment)
    deliver(run.pk, "answer", {}, key="m1", now=moment, agent="test")

    with pytest.raises(Repeated):
        deliver(run.pk, "answer", {}, key="m1", now=moment, agent="test")


def test_a_timer_fires_after_its_last_day_and_not_before(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    run = _reviewed(person, start, do)
    drain(moment)
    due = Timer.objects.get(run=run).due_at

    assert not fire_one(due)
    assert fire_one(due + timedelta(seconds=1))

    run.refresh_from_db()
    assert run.status == Run.Status.ENDED
    assert not run.timers.exists() and not run.subscriptions.exists()
    assert not run.clocks.filter(ended_at=None).exists()


def test_the_journal_refuses_to_be_altered(start: Start) -> None:
    start()
    with pytest.raises(DatabaseError), transaction.atomic():
        JournalEntry.objects.update(act="nothing")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM workflows_journalentry")


def test_a_matter_that_fails_to_start_leaves_no_family(moment: datetime, start: Start) -> None:
    from workflows.models import Family

    with pytest.raises(ZeroDivisionError), new_matter(actor=None, key="x", now=moment):
        raise ZeroDivisionError
    assert not Family.objects.exists()


def test_no_task_is_completed_without_a_person(start: Start) -> None:
    run = start()
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkItem.objects.filter(run=run).update(status="completed")


def _reviewed(person: Person, start: Start, do: Do) -> Run:
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    run = start()
    do(run, "draft", handler)
    do(run, "review", reviewer, opinion="agree")
    return run


def test_an_answer_that_nobody_waits_for_any_more_is_noted_and_harmless(
    person: Person, start: Start, do: Do, moment: datetime
) -> None:
    run = _reviewed(person, start, do)
    relay_one(moment)
    entry = OutboxEntry.objects.get()
    OutboxEntry.objects.update(done_at=None)

    assert relay_one(moment)

    entry.refresh_from_db()
    assert entry.done_at == moment and entry.attempt_count == 0
    assert JournalEntry.objects.filter(act="effect_no_longer_awaited", run=run).exists()
