"""Several tips on one case: in order of receipt, told together, one matter for the separation of duties."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from casework.errors import FormRefused
from casework.task_pages import perform_task
from tests.factories.tips import RECEIVED, a_person, a_real_name_filing, a_tip
from tests.tips.conftest import publish
from tests.tips.working import FILED, do, open_item, staff, to_decision
from tips.errors import CaseNotOpen
from tips.models import Tip
from tips.selectors import tips_of_case
from workflows.background.relay import drain
from workflows.duties import may_hold
from workflows.errors import Busy, DutiesCollide
from workflows.models import DutyRecord, Run

JOIN = {"filing": "join", "reasons": "与在办案件为同一事实", "new_facts": "另有三名患者"}


def a_case(people, now=RECEIVED):  # type: ignore[no-untyped-def]
    tip = a_tip(a_real_name_filing(), now=now).tip
    to_decision(people, tip)
    do(people["leader"], tip.run, "decide_filing", FILED)
    return Tip.objects.get(pk=tip.pk).case


def second_tip(people, now=RECEIVED + timedelta(hours=3)):  # type: ignore[no-untyped-def]
    tip = a_tip(a_real_name_filing(), now=now).tip
    to_decision(people, tip)
    return Tip.objects.get(pk=tip.pk)


def test_a_joined_tip_becomes_part_of_the_matter_and_waits_for_its_decision(people) -> None:
    case, tip = a_case(people), second_tip(people)

    do(people["leader"], tip.run, "decide_filing", {**JOIN, "case_number": case.number})
    do(
        people["intake"],
        Run.objects.get(pk=tip.run_id),
        "answer_tipster",
        {"answer": "您的举报已并入在办案件。"},
    )

    tip.refresh_from_db()
    run = Run.objects.get(pk=tip.run_id)
    assert (tip.case, tip.is_filed, tip.joined_at) == (case, True, RECEIVED)
    assert run.family_id == case.run.family_id
    assert run.subscriptions.get().message == "case_decided"
    assert run.work_items.exclude(family_id=case.run.family_id).count() == 0


def test_the_tips_of_a_case_stand_in_order_of_receipt(people) -> None:
    case = a_case(people)
    earlier = second_tip(people, now=RECEIVED - timedelta(days=2))
    do(people["leader"], earlier.run, "decide_filing", {**JOIN, "case_number": case.number})

    found = list(tips_of_case(case))

    assert found[0] == earlier
    assert [one.new_facts for one in found] == ["另有三名患者", ""]


def test_every_tip_of_the_case_is_told_of_its_decision(people) -> None:
    case, tip = a_case(people), second_tip(people)
    do(people["leader"], tip.run, "decide_filing", {**JOIN, "case_number": case.number})

    waiting = Run.objects.filter(family=case.run.family, subject_kind="tip", status=Run.Status.RUNNING)

    assert set(waiting.values_list("subject_id", flat=True)) == {one.pk for one in tips_of_case(case)}


def test_duties_count_across_the_joined_tips(people) -> None:
    case = a_case(people)
    other = a_person("other_intake", "intake_officer")
    tip = second_tip({**people, "intake": other})
    do(people["leader"], tip.run, "decide_filing", {**JOIN, "case_number": case.number})

    held = DutyRecord.objects.filter(family=case.run.family, account=other)

    assert {record.key for record in held} == {"register"}
    assert not may_hold(other, family_id=case.run.family_id, duty="assess", excludes=["register"])


def test_a_tip_that_somebody_verified_who_reviews_the_case_cannot_join_it(people) -> None:
    case, tip = a_case(people), second_tip(people)
    DutyRecord.objects.create(
        family=case.run.family,
        account=people["handler"],
        key="review",
        excludes=["handle", "verify"],
        run=case.run,
        element_id="legal_review",
        at=RECEIVED,
    )

    with pytest.raises(DutiesCollide):
        do(people["leader"], tip.run, "decide_filing", {**JOIN, "case_number": case.number})

    tip.refresh_from_db()
    assert (tip.case, tip.is_filed, tip.decided_at) == (None, None, None)
    assert Run.objects.get(pk=tip.run_id).family_id != case.run.family_id


def test_a_tip_joins_only_an_open_case_of_its_own_bureau(people) -> None:
    case, tip = a_case(people), second_tip(people)
    case.concluded_at = RECEIVED
    case.save(update_fields=["concluded_at"])

    with pytest.raises(FormRefused):
        do(people["leader"], tip.run, "decide_filing", {**JOIN, "case_number": case.number})
    with pytest.raises(FormRefused):
        do(people["leader"], tip.run, "decide_filing", {**JOIN, "case_number": "没有这个案号"})


@pytest.mark.django_db(transaction=True)
def test_a_tip_never_joins_a_case_that_is_concluded_meanwhile() -> None:
    """The page offered the case while it was open; the lock of its matter decides."""
    publish()
    people = staff()
    case, tip = a_case(people), second_tip(people)
    results: list[object] = []

    def join() -> None:
        try:
            do(people["leader"], tip.run, "decide_filing", {**JOIN, "case_number": case.number})
            results.append("joined")
        except (CaseNotOpen, FormRefused, Busy) as refused:
            results.append(refused)
        finally:
            connection.close()

    def conclude() -> None:
        from django.db import transaction

        from workflows.door.transaction import lock_family

        with transaction.atomic():
            lock_family(case.run.family_id)
            started.set()
            type(case).objects.filter(pk=case.pk).update(concluded_at=RECEIVED)
            may_end.wait(0.5)
        connection.close()

    started, may_end = threading.Event(), threading.Event()
    closing = threading.Thread(target=conclude)
    closing.start()
    started.wait(5)
    joining = threading.Thread(target=join)
    joining.start()
    joining.join(10)
    may_end.set()
    closing.join(10)

    tip.refresh_from_db()
    assert isinstance(results[0], CaseNotOpen | FormRefused)
    assert tip.case is None


@pytest.mark.django_db(transaction=True)
def test_of_two_leaders_who_decide_at_once_one_is_refused() -> None:
    publish()
    people = staff()
    case, tip = a_case(people), second_tip(people)
    rival = a_person("rival", "leader")
    item = open_item(tip.run, "decide_filing")
    data = {**JOIN, "case_number": case.number}
    answers: list[str] = []
    together = threading.Barrier(2)

    def decide(actor) -> None:  # type: ignore[no-untyped-def]
        together.wait(5)
        try:
            perform_task(actor=actor, item=item, data=data, key=str(uuid4()), now=RECEIVED)
            answers.append("joined")
        except Exception as refused:
            answers.append(type(refused).__name__)
        finally:
            connection.close()

    both = [
        threading.Thread(target=decide, args=[people["leader"]]),
        threading.Thread(target=decide, args=[rival]),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(15)
    drain(RECEIVED)

    assert sorted(answers)[1] == "joined"
    assert sorted(answers)[0] in {"AlreadyDone", "Busy", "TakenByAnother"}
    assert list(tips_of_case(case)) == [*Tip.objects.filter(case=case).order_by("received_at", "id")]
    assert Tip.objects.filter(case=case).count() == 2
