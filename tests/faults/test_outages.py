"""A server beside the product is down: what people do is kept, what follows comes later."""

import re
import uuid

from django.db import connection

from casework.models import Document
from faults.browser import Browser
from faults.citizen import Citizen, code_on
from tests.factories.tips import PNG
from tests.faults.standing import Standing, wait_for
from tests.faults.test_killed import Sending, completions
from tips.models import Tip, TipFile, TipMessage
from tips.selectors import tip_of_code
from workflows.models import Incident, OutboxEntry

REPORT = {
    "is_real_name": "no",
    "target_name": "云河县人民医院",
    "story": "该院将一次住院分两次结算，持续半年以上。",
    "wants_reward": "yes",
    "consent": "on",
}


def test_a_report_is_taken_in_without_its_files_while_the_store_is_down_and_they_follow_later(
    house: Standing,
) -> None:
    browser = Browser(house.network)
    house.store.stop()
    key = browser.get("/report/").value("key")
    receipt = browser.post_files("/report/", {**REPORT, "key": key}, [("清单.png", PNG, "image/png")])
    assert "could not be stored at this moment" in receipt.text
    code = code_on(receipt)
    tip = tip_of_code(code.replace("-", ""))
    assert isinstance(tip, Tip)
    assert [file.state for file in tip.files.all()] == [TipFile.State.AWAITED]

    house.store.start()
    assert browser.post("/follow/", {"code": code}).status == 302
    key = browser.get("/follow/report/").value("key")
    sent = browser.post_files("/follow/files/", {"key": key}, [("清单.png", PNG, "image/png")])
    assert sent.status == 302
    assert [file.state for file in tip.files.all()] != [TipFile.State.AWAITED]


def test_reports_tasks_and_signing_in_go_on_while_the_broker_is_down_and_messages_leave_later(
    house: Standing,
) -> None:
    house.valkey.stop()
    _, item = house.matter("answer_tipster")
    assert house.send("intake", item, {"answer": "您反映的问题已经立案。"}).status == 302
    assert signs_in(house, "auditor")
    entry = OutboxEntry.objects.get(run=item.run, operation="tips.notify_tipster")
    assert entry.done_at is None

    house.valkey.start()
    house.house.worker.start()
    house.house.beat.start()
    wait_for("the answer to leave", lambda: OutboxEntry.objects.get(pk=entry.pk).done_at)
    assert TipMessage.objects.filter(tip__run=item.run, is_from_tipster=False).count() == 1


def test_a_worker_outlives_a_broker_that_goes_away_and_comes_back(house: Standing) -> None:
    house.house.worker.start()
    house.house.beat.start()
    house.matter("appoint_handlers")
    wait_for("the document", lambda: not Document.objects.filter(stored_at=None).exists())
    house.valkey.stop()
    house.matter("appoint_handlers")
    house.valkey.start()
    wait_for(
        "the document after the outage", lambda: not Document.objects.filter(stored_at=None).exists(), 90
    )
    assert house.house.worker.is_alive()


def test_an_answer_waits_on_the_status_page_while_the_mail_server_is_down_and_the_mail_is_put_off(
    house: Standing,
) -> None:
    matter, item = house.matter("answer_tipster", has_mail=True)
    assert house.send("intake", item, {"answer": "您反映的问题已经立案。"}).status == 302
    house.house.worker.start()
    house.house.beat.start()
    entry = OutboxEntry.objects.get(run=item.run, operation="tips.notify_tipster")
    wait_for("the mail to be put off", lambda: OutboxEntry.objects.get(pk=entry.pk).attempt_count)
    assert "您反映的问题已经立案。" in status_page(house, matter._citizen)
    assert not Incident.objects.filter(outbox_entry=entry).exists()

    worker = house.house.worker
    worker.stop()
    worker.environment["EMAIL_URL"] = "console:"
    worker.start()
    wait_for("the mail to leave", lambda: OutboxEntry.objects.get(pk=entry.pk).done_at)
    del worker.environment["EMAIL_URL"]


def test_a_form_that_met_no_database_is_carried_out_once_when_it_is_sent_again(house: Standing) -> None:
    _, item = house.matter("review_copy")
    told = house.network.traffic.away
    stop_at_once(house)
    sending = Sending(house, item, uuid.uuid4().hex)
    wait_for("the page to say that the database is away", lambda: house.network.traffic.away > told)
    house.postgresql.start()
    assert sending.answer().status == 302
    assert completions(item) == 1


def test_worker_and_beat_outlive_a_database_that_stops_at_once_and_nothing_is_a_fault(
    house: Standing,
) -> None:
    worker, beat = house.house.worker, house.house.beat
    worker.start()
    beat.start()
    house.matter("appoint_handlers")
    wait_for("the documents", all_stored, 180)
    stop_at_once(house)
    wait_for("the worker to meet no database", lambda: "the database is away" in worker.log.read_text())
    house.postgresql.start()
    house.matter("appoint_handlers")
    wait_for("the documents after the outage", all_stored, 180)
    assert worker.is_alive() and beat.is_alive()
    assert not Incident.objects.filter(kind=Incident.Kind.COMMAND).exists()


def stop_at_once(house: Standing) -> None:
    """As after a power cut; what this process itself held open is gone."""
    house.postgresql.stop()
    connection.close()


def all_stored() -> bool:
    """Whether every document lies in the store."""
    return not Document.objects.filter(stored_at=None).exists()


def status_page(house: Standing, citizen: Citizen) -> str:
    """What the citizen reads with the receipt code."""
    browser = Browser(house.network)
    assert browser.post("/follow/", {"code": citizen.code}).status == 302
    return browser.get("/follow/report/").text


def signs_in(house: Standing, username: str) -> bool:
    """Sign in with password and second factor, as on the page."""
    from config.demo_bureau.people import PASSWORD

    browser = Browser(house.network)
    asked = browser.post("/accounts/login/", {"login": username, "password": PASSWORD})
    assert asked.status == 302, asked.text
    page = browser.get(asked.location)
    shown = re.search(r'class="fg-code[^"]*"[^>]*>\s*(\d{6})', page.text)
    assert shown is not None, page.text
    assert browser.post(asked.location, {"code": shown[1]}).status == 302
    return browser.get("/work/").status == 200
