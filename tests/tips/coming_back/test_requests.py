"""Requests by a date, files both ways, read marks and unread counts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.tips import PNG, RECEIVED, a_filing, a_real_name_filing, a_tip
from tests.tips.working import open_item
from tips.coming_back import messages
from tips.coming_back.request_watch import watch_requests
from tips.models import RequestForTipster, Tip, TipFile
from tips.sealing import contents
from tips.selectors import thread, waiting_marks
from tips.services.answer_request import answer_request
from tips.services.ask_tipster import ask_tipster, withdraw_request
from tips.services.file_tip import FiledTip
from tips.services.withdraw_tip import withdraw_tip
from tips.services.write_message import write_to_tipster
from tips.views import answering
from workflows.background.relay import drain
from workflows.door.commands import claim_item
from workflows.errors import Invalid
from workflows.models import JournalEntry
from workflows.now import playing
from workflows.rules.calendar import civil_date

pytestmark = pytest.mark.usefixtures("models")
TODAY = civil_date(RECEIVED)
WORDS = "请提供2024年6月的费用清单。"


@pytest.fixture(autouse=True)
def at_receipt() -> Iterator[None]:
    caches["short_lived"].clear()
    with playing(RECEIVED):
        yield


def taken(people: Any, filed: FiledTip) -> Tip:
    """The tip in the hands of the intake officer, who may read its words."""
    item = open_item(filed.tip.run, "register_tip")
    claim_item(item, actor=people["intake"], key=str(uuid4()), now=RECEIVED)
    return filed.tip


def asked_of(people: Any, tip: Tip, days: int = 5) -> RequestForTipster:
    return ask_tipster(
        tip,
        WORDS,
        due_on=TODAY + timedelta(days=days),
        actor=people["intake"],
        key=str(uuid4()),
        now=RECEIVED,
    )


def entered(client: Client, filed: FiledTip) -> Client:
    client.post(reverse("tips:follow"), {"code": filed.code})
    return client


def page(client: Client) -> str:
    return client.get(reverse("tips:report_status")).content.decode()


def test_a_request_is_read_on_the_page_and_nudged_by_machine(client: Client, people: Any) -> None:
    filed = a_tip(a_real_name_filing())
    asked = asked_of(people, taken(people, filed))
    drain(RECEIVED)

    assert WORDS in page(entered(client, filed))
    assert len(mail.outbox) == 1
    assert WORDS not in mail.outbox[0].body
    asked.refresh_from_db()
    assert asked.seen_at == RECEIVED
    assert WORDS.encode() not in bytes(asked.sealed_words)


def test_a_late_answer_with_a_file_counts_like_any_other(client: Client, people: Any) -> None:
    filed = a_tip()
    asked = asked_of(people, taken(people, filed))
    late = RECEIVED + timedelta(days=9)
    with playing(late):
        watch_requests(late)
        entered(client, filed)
        assert "逾期" in page(client) or "passed" in page(client)
        url = reverse("tips:report_answer", args=[asked.pk])
        sent = {"key": "a", "text": "清单在此", "files": [SimpleUploadedFile("清单.png", PNG)]}
        for _ in range(2):
            client.post(url, {**sent, "files": [SimpleUploadedFile("清单.png", PNG)]})

    asked.refresh_from_db()
    assert asked.state_on(civil_date(late)) == RequestForTipster.State.LATE
    letter = messages.read(thread(filed.tip).get(), contents.content_key(filed.tip))
    assert (letter.text, letter.answers) == ("清单在此", asked.pk)
    assert [name for _, name in letter.files] == ["清单.png"]
    assert filed.tip.leading_run.status == "running"


def test_the_watch_warns_once_and_reminds_once(people: Any) -> None:
    filed = a_tip(a_real_name_filing())
    asked_of(people, taken(people, filed))
    for day in (1, 3, 3, 6, 6):
        watch_requests(RECEIVED + timedelta(days=day))

    acts = JournalEntry.objects.filter(agent="watch").values_list("act", flat=True)
    assert sorted(acts) == ["request_overdue", "request_reminded"]


def test_nobody_is_chased_after_withdrawing(people: Any) -> None:
    filed = a_tip()
    tip = taken(people, filed)
    asked_of(people, tip)
    withdraw_tip(tip, key="w", now=RECEIVED)

    assert watch_requests(RECEIVED + timedelta(days=9)) == 0
    with pytest.raises(Invalid):
        asked_of(people, Tip.objects.select_related("run").get(pk=tip.pk))


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_a_day_that_cannot_be_meant_is_refused(people: Any, days: int) -> None:
    tip = taken(people, a_tip())

    with pytest.raises(Invalid):
        asked_of(people, tip, days)


def test_a_request_that_was_taken_back_is_no_longer_answered(client: Client, people: Any) -> None:
    filed = a_tip()
    asked = asked_of(people, taken(people, filed))
    withdraw_request(asked, actor=people["intake"], key="x", now=RECEIVED)
    entered(client, filed)

    client.post(reverse("tips:report_answer", args=[asked.pk]), {"key": "a", "text": "还是要说"})

    assert not filed.tip.messages.exists()


def test_a_second_sending_of_an_answer_is_told_that_it_was_sent(client: Client, people: Any) -> None:
    filed = a_tip()
    asked = asked_of(people, taken(people, filed))
    entered(client, filed)
    url = reverse("tips:report_answer", args=[asked.pk])

    answers = [client.post(url, {"key": "a", "text": "清单在此"}, follow=True) for _ in range(2)]

    for answer in answers:
        assert [str(notice.level_tag) for notice in answer.context["messages"]] == ["success"]
        assert answer.redirect_chain[0][0].endswith(f"?done=answer-{asked.pk}")
    assert filed.tip.messages.count() == 1


@pytest.mark.parametrize("key", ["b", "", "a\x00"])
def test_words_for_a_request_that_was_answered_elsewhere_stay(client: Client, people: Any, key: str) -> None:
    filed = a_tip()
    asked = asked_of(people, taken(people, filed))
    entered(client, filed)
    url = reverse("tips:report_answer", args=[asked.pk])
    client.post(url, {"key": "a", "text": "清单在此"})

    answer = client.post(
        url, {"key": key, "text": "还有一份", "files": [SimpleUploadedFile("清单.png", PNG)]}
    )

    assert answer.status_code == 409
    assert "还有一份" in answer.content.decode() and answer.context["had_files"]
    assert filed.tip.messages.count() == 1
    form = answer.context["form"]
    client.post(reverse("tips:report_message"), {**form.initial})
    assert filed.tip.messages.count() == 2


def test_words_stay_when_the_bureau_takes_its_request_back_at_that_moment(
    client: Client, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = a_tip()
    asked = asked_of(people, taken(people, filed))
    entered(client, filed)

    def too_late(*args: Any, **kwargs: Any) -> Any:
        withdraw_request(asked, actor=people["intake"], key="x", now=RECEIVED)
        return answer_request(*args, **kwargs)

    monkeypatch.setattr(answering, "answer_request", too_late)
    answer = client.post(reverse("tips:report_answer", args=[asked.pk]), {"key": "a", "text": "还是要说"})

    assert answer.status_code == 409 and "还是要说" in answer.content.decode()
    assert not filed.tip.messages.exists()


def test_the_request_of_another_report_is_not_there(client: Client, people: Any) -> None:
    asked = asked_of(people, taken(people, a_tip()))
    other = a_tip()
    entered(client, other)

    response = client.post(reverse("tips:report_answer", args=[asked.pk]), {"key": "a", "text": "x"})

    assert response.url == reverse("tips:report_status")
    assert not other.tip.messages.exists()


def test_an_officers_file_reaches_the_tipster_sealed(client: Client, people: Any) -> None:
    filed = a_tip()
    tip = taken(people, filed)
    client.force_login(people["intake"])
    letter = {"key": "l", "text": "请看附件", "files": [SimpleUploadedFile("告知书.png", PNG)]}
    client.post(reverse("tips:tip_message", args=[tip.pk]), letter)
    drain(RECEIVED)
    file = TipFile.objects.get(tip=tip)
    tipster = entered(Client(), filed)

    fetched = tipster.get(reverse("tips:report_file", args=[file.pk]))

    assert fetched.getvalue() == PNG
    assert "告知书.png" in page(tipster)
    assert "告知书" not in str(bytes(file.sealed_name))
    assert JournalEntry.objects.filter(act="file_fetched", agent="tipster").exists()
    assert not file.is_from_tipster


def test_files_of_others_are_not_there(client: Client, people: Any) -> None:
    filed = a_tip()
    tip = taken(people, filed)
    client.force_login(people["intake"])
    letter = {"key": "l", "text": "请看附件", "files": [SimpleUploadedFile("告知书.png", PNG)]}
    client.post(reverse("tips:tip_message", args=[tip.pk]), letter)
    drain(RECEIVED)
    file = TipFile.objects.get(tip=tip)

    stranger = entered(Client(), a_tip())

    assert stranger.get(reverse("tips:report_file", args=[file.pk])).status_code == 404
    assert Client().get(reverse("tips:report_file", args=[file.pk])).status_code == 302


def test_both_sides_see_when_the_other_read(client: Client, people: Any) -> None:
    filed = a_tip()
    tip = taken(people, filed)
    write_to_tipster(tip, "您好", actor=people["intake"], key="k", now=RECEIVED)
    client.force_login(people["intake"])
    url = f"{reverse('tips:tip', args=[tip.pk])}?words=open"
    assert thread(tip).get().read_at is None

    page(entered(Client(), filed))

    assert thread(tip).get().read_at == RECEIVED
    assert client.get(url).status_code == 200


def test_unread_and_overdue_are_counted_in_two_statements(people: Any) -> None:
    tips = [taken(people, a_tip(a_filing())) for _ in range(3)]
    for tip in tips:
        asked_of(people, tip)
        key = contents.content_key(tip)
        messages.post(tip, "一", key=str(uuid4()), now=RECEIVED, content_key=key, is_from_tipster=True)

    with CaptureQueriesContext(
        connection,
    ) as counted:
        marks = waiting_marks([tip.pk for tip in tips], RECEIVED + timedelta(days=9))

    assert len(counted) == 2
    assert {(mark.unread, mark.asked, mark.overdue) for mark in marks.values()} == {(1, 1, 1)}


@pytest.mark.parametrize("text", ["字" * 100_000, "a\x00b", "a\x07b"])
def test_what_cannot_be_kept_is_refused_in_one_sentence_and_stays(client: Client, text: str) -> None:
    filed = a_tip()
    entered(client, filed)

    response = client.post(reverse("tips:report_message"), {"key": "k", "text": text})

    assert response.status_code == 422
    assert len(response.context["message_form"].errors["text"]) == 1
    assert not filed.tip.messages.exists()
    if "\x00" not in text:
        assert text in response.content.decode()


def test_a_page_of_another_report_sends_nothing(client: Client) -> None:
    first, second = a_tip(), a_tip()
    entered(client, first)
    mark = client.get(reverse("tips:report_status")).context["mark"]
    entered(client, second)

    response = client.post(reverse("tips:report_message"), {"key": "k", "report": mark, "text": "只给第一件"})

    assert response.status_code == 409
    assert "只给第一件" in response.content.decode()
    assert not first.tip.messages.exists()
    assert not second.tip.messages.exists()


def test_every_form_of_the_status_page_names_its_report(client: Client) -> None:
    filed = a_tip()
    entered(client, filed)
    response = client.get(reverse("tips:report_status"))

    html = response.content.decode()
    posts = html.count('action="' + reverse("tips:report_message")) + html.count(
        'action="' + reverse("tips:report_files")
    )
    assert html.count(response.context["mark"] + '"') >= posts
