"""A real name whom no machine reaches is told by a person, who notes how and when; nobody else is asked for it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from casework.errors import FormRefused
from casework.models import Account
from tests.factories.tips import RECEIVED, a_filing, a_real_name_filing, a_tip
from tests.tips.rewarding import DECIDED, decide
from tests.tips.working import FILED, do, open_item, to_decision
from tips.models import AnswerDelivery, Tip
from tips.services.file_tip import Filing
from tips.services.withdraw_tip import withdraw_tip
from tips.words import Identity
from workflows.background.relay import drain
from workflows.door.commands import deliver
from workflows.models import JournalEntry, Run

pytestmark = pytest.mark.usefixtures("models")
BY_LETTER = Identity("岳信南", address="云河县柳荫街7号")
TOLD = {"told_way": "letter", "told_day": RECEIVED.date().isoformat(), "told_remark": "挂号信XA123"}
REFUSED = {"filing": "refuse", "reasons": "证据不足。"}


def to_answer(people: dict[str, Account], filing: Filing, decision: dict[str, Any] = REFUSED) -> Tip:
    """A tip whose tipster is to be answered."""
    tip = a_tip(filing).tip
    to_decision(people, tip)
    do(people["leader"], tip.run, "decide_filing", decision)
    return Tip.objects.get(pk=tip.pk)


def answers(people: dict[str, Account], tip: Tip, **entries: str) -> None:
    do(people["intake"], tip.run, "answer_tipster", {"answer": "不予立案，理由如下。", **entries})
    drain(RECEIVED)


def is_open(tip: Tip, element: str) -> bool:
    return tip.run.work_items.filter(element_id=element, status="open").exists()


@pytest.fixture
def unreached(people: dict[str, Account]) -> Tip:
    return to_answer(people, a_real_name_filing(identity=BY_LETTER))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"told_way": ""}, "told_way"),
        ({"told_day": ""}, "told_day"),
        ({"told_day": (RECEIVED - timedelta(days=1)).date().isoformat()}, "told_day"),
        ({"told_day": "2999-01-01"}, "told_day"),
        ({"told_way": "unreached", "told_remark": ""}, "told_remark"),
    ],
    ids=["no way", "no day", "before it came", "in the future", "nothing tried"],
)
def test_an_answer_that_reached_nobody_is_not_done(people, unreached, changed, field) -> None:
    with pytest.raises(FormRefused) as refused:
        answers(people, unreached, **TOLD | changed)

    assert field in refused.value.form.errors
    assert is_open(unreached, "answer_tipster")
    assert not AnswerDelivery.objects.exists()


def test_how_and_when_is_noted_without_a_name(people, unreached) -> None:
    answers(people, unreached, **TOLD)

    noted = AnswerDelivery.objects.get()
    assert (noted.about, noted.way, noted.day, noted.recorded_by) == (
        "answer", "letter", RECEIVED.date(), people["intake"],
    )  # fmt: skip
    entry = JournalEntry.objects.get(act="tipster_told")
    assert entry.details["way"] == "letter"
    assert "岳信南" not in str(entry.details)
    assert mail.outbox == []
    # No case, so the answer was all there was to tell.
    do(people["intake"], unreached.run, "archive_tip", {"is_complete": "on"})
    assert Run.objects.get(pk=unreached.run.pk).status == Run.Status.ENDED


def test_who_cannot_be_reached_does_not_keep_the_matter_open(people, unreached) -> None:
    answers(people, unreached, **TOLD | {"told_way": "unreached", "told_remark": "3月12日两次电话无人接听"})

    assert not is_open(unreached, "answer_tipster")
    assert JournalEntry.objects.filter(act="tipster_not_reached").exists()
    assert not JournalEntry.objects.filter(act="tipster_told").exists()


@pytest.mark.parametrize(
    "make_filing", [a_filing, a_real_name_filing], ids=["anonymous", "with an e-mail address"]
)
def test_whom_the_system_tells_nobody_is_asked_about(people, make_filing) -> None:
    tip = to_answer(people, make_filing())

    answers(people, tip)

    assert not is_open(tip, "answer_tipster")
    assert not AnswerDelivery.objects.exists()


def test_after_a_withdrawal_nobody_need_be_told(people, unreached) -> None:
    withdraw_tip(unreached, key="w", now=RECEIVED)

    answers(people, unreached)

    assert not is_open(unreached, "answer_tipster")


def test_the_outcome_of_the_case_is_told_before_the_papers_are_put_away(people) -> None:
    tip = to_answer(people, a_real_name_filing(identity=BY_LETTER), FILED)
    answers(people, tip, **TOLD)
    tip = Tip.objects.get(pk=tip.pk)
    decide(tip, people)
    later = {**TOLD, "told_way": "in_person", "told_day": DECIDED.date().isoformat()}
    deliver(tip.leading_run.pk, "case_decided", {}, key="d", now=DECIDED, agent="test")
    drain(DECIDED)

    with pytest.raises(FormRefused):
        do(people["intake"], tip.run, "archive_tip", {"is_complete": "on"}, DECIDED)
    do(people["intake"], tip.run, "archive_tip", {"is_complete": "on", **later}, DECIDED)

    assert list(AnswerDelivery.objects.values_list("about", "way")) == [
        ("answer", "letter"), ("outcome", "in_person"),
    ]  # fmt: skip


def test_the_page_says_that_no_machine_reaches_the_tipster_and_shows_no_contact(
    client: Client, people, unreached
) -> None:
    client.force_login(people["intake"])
    address = reverse("casework:task", args=[open_item(unreached.run, "answer_tipster").pk])
    client.post(reverse("casework:claim", args=[open_item(unreached.run, "answer_tipster").pk]), {"key": "k"})

    page = client.get(address, headers={"accept-language": "en"}).content.decode()

    assert "No machine reaches this tipster" in page
    assert reverse("tips:identity_ask", args=[unreached.pk]) in page
    assert "柳荫街" not in page
