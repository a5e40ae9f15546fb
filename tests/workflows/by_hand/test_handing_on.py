"""Work that is given to a person, handed on, and taken over from an absent colleague."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from casework.models import Account
from workflows import registry
from workflows.by_hand.handing_on import assign_item, delegate_item
from workflows.door.commands import claim_item, command, release_item
from workflows.errors import DutyConflict, NotForThatPerson, NotOffered, ReasonMissing, TakenByAnother
from workflows.models import JournalEntry, Run, Substitution, WorkItem
from workflows.selectors import work_for

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]


@pytest.fixture(autouse=True)
def leaders_assign(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members of the lane of leaders give work to people."""
    monkeypatch.setattr(registry, "_assigning_lanes", {"leader"})


def stand_in(substitute: Account, absent: Account, boss: Account, moment: datetime) -> Substitution:
    """A substitution of one week."""
    return Substitution.objects.create(
        absent=absent,
        substitute=substitute,
        starts_at=moment,
        ends_at=moment + timedelta(days=7),
        reason="年休假",
        granted_by=boss,
        granted_at=moment,
    )


def test_a_leader_gives_work_to_a_person_who_alone_sees_it_then(
    person: Person, start: Start, moment: datetime
) -> None:
    boss = person("boss", "leader")
    one, other = person("one", "case_handler"), person("other", "case_handler")
    item = start().work_items.get()

    assign_item(item, to=one, reason="熟悉该机构", actor=boss, key="a", now=moment)

    assert work_for(one, moment).get().assignee == one
    assert not work_for(other, moment).exists()
    entry = JournalEntry.objects.get(act="work_assigned")
    assert (entry.actor, entry.details["to"], entry.details["reasons"]) == (boss, one.pk, "熟悉该机构")


def test_a_leader_can_give_taken_work_to_somebody_else(
    person: Person, start: Start, moment: datetime
) -> None:
    boss = person("boss", "leader")
    one, other = person("one", "case_handler"), person("other", "case_handler")
    item = claim_item(start().work_items.get(), actor=one, key="c", now=moment)

    assign_item(item, to=other, reason="工作调整", actor=boss, key="a", now=moment)

    with pytest.raises(TakenByAnother), command(item, actor=one, key="k", now=moment):
        pass
    assert work_for(other, moment).get() == item


def test_only_who_leads_the_unit_gives_work_to_people(person: Person, start: Start, moment: datetime) -> None:
    one, other = person("one", "case_handler"), person("other", "case_handler")
    item = start().work_items.get()

    with pytest.raises(NotOffered):
        assign_item(item, to=other, reason="帮忙", actor=one, key="a", now=moment)

    item.refresh_from_db()
    assert item.assignee is None


def test_work_cannot_be_given_to_somebody_of_another_lane(
    person: Person, start: Start, moment: datetime
) -> None:
    boss, reviewer = person("boss", "leader"), person("reviewer", "legal_reviewer")

    with pytest.raises(NotForThatPerson):
        assign_item(start().work_items.get(), to=reviewer, reason="人手不足", actor=boss, key="a", now=moment)


@pytest.mark.parametrize("way", ["assign", "delegate"])
def test_work_cannot_be_handed_to_who_holds_an_excluding_duty(
    person: Person, start: Start, do: Do, moment: datetime, way: str
) -> None:
    boss, both = person("boss", "leader"), person("both", "case_handler", "legal_reviewer")
    reviewer = person("reviewer", "legal_reviewer")
    run = start()
    do(run, "draft", both)
    review = run.work_items.get(element_id="review")

    with pytest.raises(DutyConflict):
        if way == "assign":
            assign_item(review, to=both, reason="人手不足", actor=boss, key="a", now=moment)
        else:
            claim_item(review, actor=reviewer, key="c", now=moment)
            delegate_item(review, to=both, reason="人手不足", actor=reviewer, key="a", now=moment)


def test_delegated_work_comes_back_when_it_is_released(
    person: Person, start: Start, moment: datetime
) -> None:
    one, other = person("one", "case_handler"), person("other", "case_handler")
    item = claim_item(start().work_items.get(), actor=one, key="c", now=moment)

    delegate_item(item, to=other, reason="出差两天", actor=one, key="d", now=moment)
    assert work_for(other, moment).get() == item and not work_for(one, moment).exists()
    release_item(item, actor=other, key="r", now=moment)

    assert work_for(one, moment).get().assignee == one
    release_item(item, actor=one, key="r2", now=moment)
    assert set(work_for(other, moment)) == {item}


def test_only_who_has_the_work_delegates_it_and_with_a_reason(
    person: Person, start: Start, moment: datetime
) -> None:
    one, other = person("one", "case_handler"), person("other", "case_handler")
    item = claim_item(start().work_items.get(), actor=one, key="c", now=moment)

    with pytest.raises(NotOffered):
        delegate_item(item, to=other, reason="我来做", actor=other, key="d1", now=moment)
    with pytest.raises(ReasonMissing):
        delegate_item(item, to=other, reason=" ", actor=one, key="d2", now=moment)


def test_who_stands_in_does_the_work_of_the_absent_in_the_own_name(
    person: Person, start: Start, moment: datetime
) -> None:
    boss, absent, substitute = person("boss"), person("absent", "case_handler"), person("substitute")
    item = claim_item(start().work_items.get(), actor=absent, key="c", now=moment)
    assert not work_for(substitute, moment).exists()

    stand_in(substitute, absent, boss, moment)
    with command(item, actor=substitute, key="k", now=moment) as step:
        step.complete()

    item.refresh_from_db()
    assert item.completed_by == substitute
    assert JournalEntry.objects.get(act="work_taken_over").details["taken_from"] == absent.pk


def test_a_substitution_ends_with_its_last_moment(person: Person, start: Start, moment: datetime) -> None:
    boss, absent, substitute = person("boss"), person("absent", "case_handler"), person("substitute")
    start()
    substitution = stand_in(substitute, absent, boss, moment)

    assert work_for(substitute, substitution.ends_at - timedelta(seconds=1)).exists()
    assert not work_for(substitute, substitution.ends_at).exists()


def test_work_for_named_people_is_for_who_stands_in_for_one_of_them(
    person: Person, start: Start, moment: datetime
) -> None:
    boss, substitute = person("boss"), person("substitute")
    named, unnamed = person("named", "case_handler"), person("unnamed", "case_handler")
    item = start().work_items.get()
    WorkItem.objects.filter(pk=item.pk).update(candidates=[named.pk])

    substitution = stand_in(substitute, unnamed, boss, moment)
    assert not work_for(substitute, moment).exists()
    substitution.delete()
    stand_in(substitute, named, boss, moment)

    assert work_for(substitute, moment).get() == item


def test_own_duties_bind_who_stands_in(person: Person, start: Start, do: Do, moment: datetime) -> None:
    boss, handler = person("boss"), person("handler", "case_handler")
    reviewer = person("reviewer", "legal_reviewer")
    run = start()
    do(run, "draft", handler)
    stand_in(handler, reviewer, boss, moment)

    review = run.work_items.get(element_id="review")
    with pytest.raises(DutyConflict), command(review, actor=handler, key="k", now=moment):
        pass
    assert not work_for(handler, moment).exists()


def test_nobody_stands_in_for_themselves_or_by_their_own_grant(person: Person, moment: datetime) -> None:
    one, other = person("one"), person("other")
    with pytest.raises(IntegrityError), transaction.atomic():
        stand_in(one, one, other, moment)
    with pytest.raises(IntegrityError), transaction.atomic():
        stand_in(one, other, one, moment)
